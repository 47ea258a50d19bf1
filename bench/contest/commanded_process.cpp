#include "contest/commanded_process.hpp"

#include "process/failure.hpp"

#include <unistd.h>

#include <charconv>

namespace bench {

commanded_process::commanded_process(std::vector<std::string> const& words,
                                     std::vector<int> const& cores,
                                     std::chrono::milliseconds timeout)
    : child_{words, cores},
      input_{child_.take_input()},
      output_{child_.output()},
      timeout_{timeout} {}

void commanded_process::tell(std::string_view line) {
    auto const text = std::string{line} + '\n';
    // A few bytes into an empty pipe: never a part of them.
    if (::write(input_.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        throw failure{fmt::format("'{}' cannot be told: the process {}", line, child_.stop())};
}

std::string commanded_process::hear(std::function<void(std::string_view)> const& remark) {
    auto const deadline = std::chrono::steady_clock::now() + timeout_;
    std::string remarks;
    while (auto const line = output_.next(deadline)) {
        if (line->starts_with("done ")) return line->substr(5);
        if (line->starts_with("failed ")) throw failure{line->substr(7)};
        if (remark) remark(*line);
        if (remarks.size() < 2000) remarks += *line + '\n';
    }
    throw failure{fmt::format("no answer in {} ms; the process {}\n{}", timeout_.count(),
                              child_.stop(), remarks)};
}

double commanded_process::ask(std::string_view line) {
    tell(line);
    auto const answer = hear();
    double number = 0;
    auto const [end, error] = std::from_chars(answer.data(), answer.data() + answer.size(), number);
    if (error != std::errc{} || end != answer.data() + answer.size())
        throw failure{fmt::format("'{}' was answered with '{}', not a number", line, answer)};
    return number;
}

}  // namespace bench
