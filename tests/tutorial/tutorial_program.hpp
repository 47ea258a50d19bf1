#pragma once

#include "support/child_process.hpp"
#include "support/listening_port.hpp"

#include <cstdint>
#include <string>

/// The program of one step, serving on a free port.
class tutorial_program {
public:
    explicit tutorial_program(int step)
        : process_({std::string(STEPS) + "/step_" + std::to_string(step)}),
          port_(listening_port(process_.pid())) {}

    std::uint16_t port() const noexcept { return port_; }
    std::string url(std::string const& path) const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }

    reader& errors() noexcept { return process_.errors(); }

    /// As its user stops it; returns its exit status.
    int enter() {
        process_.write("\n");
        return process_.wait();
    }
    int interrupt(int signal) {
        process_.send(signal);
        return process_.wait();
    }

private:
    child_process process_;
    std::uint16_t port_;
};
