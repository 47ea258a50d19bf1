#pragma once

#include <fibercast/http/response.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/worker.hpp>
#include <fibercast/testing/memory_output.hpp>
#include <fibercast/testing/test_client.hpp>

#include <chrono>
#include <deque>
#include <optional>
#include <string_view>

namespace fibercast::testing {

/// What a test's stream is on its worker, whose it is but for what does not change.
struct test_stream::state {
    state(fibercast::worker& of, socket_address const& from, std::chrono::milliseconds how_long)
        : home(of), patience(how_long), out(from) {}

    /// Leaves, and waits for the body to see it.
    ~state();
    state(state const&) = delete;
    state& operator=(state const&) = delete;

    /// Begins to write the body. In a fiber of the worker.
    void start();

    /// Any thread. Waits until `found`, which is called on the worker, returns something or the body
    /// has ended. Nothing: it has not come.
    template <typename Found>
    auto wait(Found found);

    /// The next event; nothing: there is none yet.
    std::optional<received_event> take_event();

    fibercast::worker& home;
    std::chrono::milliseconds const patience;
    memory_output out;
    response made{status::ok};
    event_reader reader;
    std::size_t read = 0;  // of the text, by the reader
    std::deque<received_event> events;
    bool ended = false;
    std::optional<fiber_group> fibers;
};

template <typename Found>
auto test_stream::state::wait(Found found) {
    return home.call([&] {
        auto const until = after(patience);
        auto it = found();
        while (!it && !ended && out.wait_for_change(until)) it = found();
        return it ? it : found();
    });
}

}  // namespace fibercast::testing
