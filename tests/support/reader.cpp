#include "support/reader.hpp"

#include <fmt/format.h>

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

std::string reader::until(std::string_view text, std::chrono::milliseconds limit) {
    auto const until = clock::now() + limit;
    for (auto from = taken_;;) {
        if (auto const found = seen_.find(text, from); found != std::string::npos) {
            auto const begin = std::exchange(taken_, found + text.size());
            return seen_.substr(begin, taken_ - begin);
        }
        from = std::max(taken_, seen_.size() - std::min(seen_.size(), text.size()));
        if (ended_ || !read_more(until))
            fail(fmt::format("no \"{}\" within {} ms", text, limit.count()));
    }
}

std::string reader::line() {
    auto text = until("\n");
    text.pop_back();
    return text;
}

std::string reader::until_end(std::chrono::milliseconds limit) {
    auto const until = clock::now() + limit;
    while (!ended_) {
        if (!read_more(until)) fail(fmt::format("no end within {} ms", limit.count()));
    }
    return seen_.substr(std::exchange(taken_, seen_.size()));
}

std::string const& reader::seen() {
    while (!ended_ && read_more(clock::now())) {
    }
    return seen_;
}

/// False: the time was up.
bool reader::read_more(clock::time_point until) {
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - clock::now()).count();
    pollfd wanted{fd_, POLLIN, 0};
    auto const limit = static_cast<int>(std::max<std::int64_t>(left, 0));
    if (TEMP_FAILURE_RETRY(::poll(&wanted, 1, limit)) <= 0) return false;
    constexpr std::size_t at_once = 64 * 1024;
    auto const had = seen_.size();
    seen_.resize(had + at_once);
    auto const count = ::read(fd_, seen_.data() + had, at_once);
    seen_.resize(had + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    ended_ = count <= 0;  // a terminal ends with an error, and so does a connection that is reset
    return true;
}

void reader::fail(std::string const& what) const {
    constexpr std::size_t enough = 4'000;
    auto const from = seen_.size() - std::min(seen_.size(), enough);
    throw failure(fmt::format("{}: {}{}; it was:\n{}", name_, what, ended_ ? " (it has ended)" : "",
                              seen_.substr(from)));
}
