#pragma once

#include "app/process/event_flag.hpp"
#include "interpreter.hpp"
#include "text_output.hpp"

#include <thread>

namespace fibercast::app {

/// Reads commands from standard input and obeys them, in a thread of its own.
class console {
public:
    /// All must outlive it. Sets `stop` after `quit`, and at the end of what a human types; ends
    /// when `stop` is set.
    console(hub& clients, server const& serving, event_flag& stop);
    ~console();
    console(console const&) = delete;
    console& operator=(console const&) = delete;

    /// Waits a moment for the thread to end. `stop` must have been set. False: it is still busy,
    /// and `console` must not be destroyed.
    bool end();

private:
    void run();

    event_flag& stop_;
    event_flag ended_;
    interpreter interpreter_;
    text_output output_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace fibercast::app
