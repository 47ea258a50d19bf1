#pragma once

#include "app/process/process_log.hpp"
#include "command.hpp"
#include "line_stream.hpp"

#include <fibercast/server/server.hpp>
#include <fibercast/sse/hub.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace fibercast::app {

/// Does what an operator asks for. One thread, none of the server's workers.
class interpreter {
public:
    /// All must outlive it, and the server have started. A broadcast waits for slow clients as
    /// long as `patience`, and is not sent then; a send waits two seconds at most.
    interpreter(hub& clients, server const& serving, process_log const& log,
                std::chrono::steady_clock::duration patience);

    /// Returns what there is to print: nothing, or whole lines. Blocks as long as the hub does.
    /// `quit` and `tail` are its caller's to do.
    std::string execute(command const& asked);

    /// What `tail` is about. Throws `std::system_error`.
    std::unique_ptr<line_stream> stream_of(commands::tail const& asked) const;

private:
    std::string run(commands::nothing const&) { return {}; }
    std::string run(commands::broadcast const& asked);
    std::string run(commands::publish const& asked);
    std::string run(commands::send const& asked);
    std::string run(commands::clients const& asked);
    std::string run(commands::topics const&);
    std::string run(commands::tail const&) { return {}; }
    std::string run(commands::count const&);
    std::string run(commands::kick const& asked);
    std::string run(commands::stats const&);
    std::string run(commands::dump const&) const;
    std::string run(commands::help const&);
    std::string run(commands::quit const&) { return {}; }
    std::string run(commands::mistake const& asked) { return asked.what + '\n'; }

    std::size_t unsent_bytes();
    hub& clients_;
    server const& server_;
    process_log const& log_;
    std::chrono::steady_clock::duration const patience_;
    std::chrono::steady_clock::time_point const started_;
};

}  // namespace fibercast::app
