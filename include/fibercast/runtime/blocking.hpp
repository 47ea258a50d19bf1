#pragma once

#include <fibercast/runtime/detail/outcome.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/worker.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <concepts>
#include <utility>

namespace fibercast {

/// Runs a function that would block its thread (a database driver, a file, `getaddrinfo`) on a side
/// thread and suspends only the calling fiber. Returns what it returns, throws what it throws. On a
/// thread that is no worker there is nothing to keep free: the function runs where it is.
template <std::invocable F>
auto blocking(F function) {
    worker* const home = worker::current();
    if (home == nullptr) return function();
    outcome<std::invoke_result_t<F>> result;
    one_shot done;
    boost::asio::post(home->side_threads(), [&] {
        result.capture(function);
        done.set();
    });
    done.wait();
    return result.take();
}

}  // namespace fibercast
