#include <fibercast/runtime/detail/remote_call.hpp>

#include <fibercast/runtime/worker.hpp>

namespace fibercast {

void remote_call::run() noexcept {
    try {
        worker::current()->fibers().spawn([this] {
            call();
            done_.set();
        });
    } catch (...) {  // no memory for a stack
        fail(std::current_exception());
        done_.set();
    }
}

}  // namespace fibercast
