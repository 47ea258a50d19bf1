#pragma once

#include "support/child_process.hpp"
#include "support/listening_port.hpp"

#include <csignal>
#include <string>
#include <vector>

/// One of the programs of examples/, serving on a free port unless the arguments say which.
class running_example {
public:
    explicit running_example(std::string const& name,
                             std::vector<std::string> const& arguments = {"0"})
        : process_(words(name, arguments)),
          base_("http://127.0.0.1:" + std::to_string(listening_port(process_.pid()))) {}

    child_process& process() noexcept { return process_; }
    std::string url(std::string const& path) const { return base_ + path; }

    /// Asks it to stop as a service manager does; returns its exit status.
    int stop() {
        process_.send(SIGTERM);
        return process_.wait();
    }

private:
    static std::vector<std::string> words(std::string const& name,
                                          std::vector<std::string> const& arguments) {
        std::vector<std::string> all{std::string(EXAMPLES) + "/" + name};
        all.insert(all.end(), arguments.begin(), arguments.end());
        return all;
    }

    child_process process_;
    std::string base_;
};
