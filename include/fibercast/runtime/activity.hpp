#pragma once

#include <fibercast/api.hpp>

#include <boost/intrusive/list_hook.hpp>

#include <string>

namespace fibercast {

class turns;

/// While one lives, it says what its fiber does, for the line in the log about a fiber that keeps
/// its worker. Elsewhere than on a worker it is nothing. Belongs to the fiber that made it.
class FIBERCAST_API activity : public boost::intrusive::list_base_hook<> {
public:
    /// `describe(what)` may be called on another thread, at any time as long as this lives, and must
    /// neither wait for the fiber nor read what changes meanwhile. It may throw.
    activity(void const* what, std::string (*describe)(void const*));
    ~activity();
    activity(activity const&) = delete;
    activity& operator=(activity const&) = delete;

    void const* fiber() const noexcept { return fiber_; }
    std::string text() const { return describe_(what_); }

private:
    void const* const what_;
    std::string (*const describe_)(void const*);
    turns* const noted_;  // null: on no worker
    void const* const fiber_;
};

}  // namespace fibercast
