#pragma once

#include <fibercast/api.hpp>

#include <string_view>

namespace fibercast {

/// A pattern of topics that is not the hub's own: says which topics it is for. Immutable; used by
/// any worker, by several at once, and for as long as somebody has subscribed by it.
///
/// Those who have subscribed by matchers of the same name are one group, on each worker: for an event
/// the matcher of the group is asked once, however many they are. A client that reads the history has
/// it asked once for each event there.
class FIBERCAST_API subscription_matcher {
public:
    virtual ~subscription_matcher() = default;

    /// Two with the same name are for the same topics. Lists of topics show it. Stays the same.
    virtual std::string_view name() const noexcept = 0;

    /// What every topic begins with that it is for. Up to its last '/' the hub finds the matcher by
    /// it: an event then asks no others than those whose beginning it has. Empty: every event that
    /// has topics asks it. Stays the same.
    virtual std::string_view prefix() const noexcept = 0;

    /// Asked for topics that begin with its prefix, as `event_topic::as_matched` shows them. On a
    /// worker whose other fibers wait meanwhile: must not suspend, and should be over in a
    /// microsecond.
    virtual bool matches(std::string_view topic) const noexcept = 0;
};

}  // namespace fibercast
