#pragma once

#include <fibercast/api.hpp>
#include <fibercast/sse/event_topic.hpp>

#include <span>

namespace fibercast {

/// What a client may read of what is private. One object can be that of many clients, of all that
/// have shown the same token for instance, on several workers at once. Immutable.
class FIBERCAST_API reader_rights {
public:
    virtual ~reader_rights() = default;

    /// Whether a private event about these topics, which are in no order, may be read. Asked before
    /// each such event that a client has subscribed to, live and again when it comes from the history.
    /// What is joined for clients of the same rights is asked for once, so the answer for the same
    /// topics must not change: a client that may read more or less has other rights.
    ///
    /// On the client's worker, whose other fibers wait meanwhile: must not suspend. Whoever cannot
    /// tell, for want of memory for instance, says no.
    virtual bool may_read(std::span<event_topic const> topics) const noexcept = 0;
};

}  // namespace fibercast
