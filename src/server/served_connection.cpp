#include "served_connection.hpp"

#include <fibercast/runtime/fiber_group.hpp>

#include <exception>

namespace fibercast {

/// What a body throws ends its connection.
bool served_connection::run() noexcept {
    std::exception_ptr failure;
    try {
        if (serve()) return true;
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure != nullptr) fiber_group::report(failure, "a connection");
    owner& told = owner_;
    delete this;
    told.connection_ended();
    return false;
}

}  // namespace fibercast
