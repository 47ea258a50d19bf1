#pragma once

#include <fibercast/api.hpp>

namespace fibercast {

/// Something that can be ended from outside. Closing is the only way to cancel: whoever waits on
/// the thing wakes up and finds it closed.
class FIBERCAST_API closable {
public:
    /// Idempotent. Never suspends, so it may be called from an event handler of the worker.
    virtual void close() noexcept = 0;

protected:
    ~closable() = default;
};

}  // namespace fibercast
