#pragma once

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/timeouts.hpp>

namespace fibercast {

class member;

/// Ends a member at a time. One of the worker's timeouts, and not a look at each round of heartbeats:
/// a hub may have none, and a token is over to the second.
class expiry final : public timeout {
public:
    explicit expiry(deadline at) noexcept : first_(at) {}

    void begin(member& whose) noexcept {
        whose_ = &whose;
        start(first_);
    }

private:
    void passed() noexcept override;

    deadline const first_;
    member* whose_ = nullptr;
};

}  // namespace fibercast
