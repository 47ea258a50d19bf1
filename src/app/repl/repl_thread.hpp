#pragma once

#include "app/process/event_flag.hpp"
#include "app/process/process_log.hpp"
#include "app/process/text_output.hpp"
#include "history_file.hpp"
#include "interpreter.hpp"

#include <optional>
#include <thread>

namespace fibercast::app {

/// Reads commands from standard input and obeys them, in a thread of its own.
class repl_thread {
public:
    /// All must outlive it. Takes what it needs of descriptors, so it is made before clients can
    /// have them all.
    repl_thread(hub& clients, server const& serving, process_log const& log,
                std::optional<history_file> history, event_flag& stop);
    ~repl_thread();
    repl_thread(repl_thread const&) = delete;
    repl_thread& operator=(repl_thread const&) = delete;

    /// Begins to read, when `serving` has started. Sets `stop` after `quit`, and at the end of what
    /// a human types; ends when `stop` is set.
    void start();

    /// Waits a moment for the thread to end. `stop` must have been set, after `start`. False: it is
    /// still busy, and this object must not be destroyed.
    bool end();

private:
    void run();

    event_flag& stop_;
    bool const interactive_;  // a terminal that has gone away is none any more
    event_flag ended_;
    std::optional<history_file> const history_;
    interpreter interpreter_;
    text_output answers_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace fibercast::app
