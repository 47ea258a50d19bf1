#pragma once

#include "net/tcp_peer.hpp"
#include "support/eventually.hpp"
#include "support/with_workers.hpp"

#include <fibercast/net/socket.hpp>

#include <future>
#include <memory>
#include <optional>
#include <utility>

/// A fixture with a socket on worker 0 and its peer on the test's thread.
class with_connection : protected with_workers {
protected:
    with_connection() {
        on_worker(0, [&] { socket.emplace(ends_.second); });
    }
    ~with_connection() {
        on_worker(0, [&] { socket.reset(); });
    }

    /// Runs `function` in a fiber of worker 0 and does not wait for it.
    template <std::invocable F>
    auto start(F function) {
        using result = std::invoke_result_t<F>;
        auto const task = std::make_shared<std::packaged_task<result()>>(std::move(function));
        auto future = task->get_future();
        pool()[0].post(
            [task] { fibercast::worker::current()->fibers().spawn([task] { (*task)(); }); });
        return future;
    }

    /// Waits until a fiber waits on the socket.
    bool socket_waits() {
        return on_worker(0, [&] { return eventually([&] { return socket->waiting(); }); });
    }

private:
    std::pair<tcp_peer, int> ends_ = connected_pair();

protected:
    tcp_peer& peer = ends_.first;
    std::optional<fibercast::socket> socket;
};
