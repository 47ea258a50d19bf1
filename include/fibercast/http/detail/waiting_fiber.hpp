#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/runnable.hpp>

#include <utility>

namespace fibercast {

/// Has a fiber wait for what would otherwise be waited for without one.
class FIBERCAST_API waiting_fiber final : public runnable {
public:
    /// Suspends until it has been made ready.
    void wait();

private:
    bool run() noexcept override {
        ran_ = true;
        spot_.unpark();
        return true;
    }

    parking_spot spot_;
    bool ran_ = false;
    bool settled_ = false;  // the stack below has been given back
};

}  // namespace fibercast
