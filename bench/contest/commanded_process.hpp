#pragma once

#include "process/child_process.hpp"
#include "process/line_reader.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// A child that obeys lines on its standard input. It answers each on its standard error with
/// `done RESULT` or `failed REASON`; other lines there are remarks.
class commanded_process {
public:
    commanded_process(std::vector<std::string> const& words, std::vector<int> const& cores,
                      std::chrono::milliseconds timeout);

    pid_t pid() const noexcept { return child_.pid(); }

    /// Several children may be told something before the first is listened to.
    void tell(std::string_view line);

    /// The result of the oldest command that was not heard yet. `remark` is called for every line
    /// before it. Throws `failure` if the child says so, ends, or takes too long.
    std::string hear(std::function<void(std::string_view)> const& remark = {});

    /// Both, for a command whose result is a number.
    double ask(std::string_view line);

private:
    child_process child_;
    unique_fd input_;
    line_reader output_;
    std::chrono::milliseconds timeout_;
};

}  // namespace bench
