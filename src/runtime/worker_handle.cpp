#include <fibercast/runtime/worker_handle.hpp>

#include <fibercast/runtime/worker.hpp>

namespace fibercast {

bool worker_handle::current() const noexcept {
    worker* const here = worker::current();
    return here != nullptr && here->handle() == *this;
}

}  // namespace fibercast
