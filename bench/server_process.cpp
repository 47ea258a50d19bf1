#include "server_process.hpp"

#include "failure.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iomanip>
#include <sstream>
#include <string_view>

namespace bench {
namespace {

using clock = std::chrono::steady_clock;

constexpr std::size_t log_kept = 4096;

std::vector<std::string> split(std::string const& command) {
    std::vector<std::string> words;
    std::istringstream stream{command};
    for (std::string word; stream >> std::quoted(word);) {
        if (auto const at = word.find("{port}"); at != std::string::npos)
            word.erase(at, 6).insert(at, 1, '0');
        words.push_back(word);
    }
    if (words.empty()) throw failure{"an empty server command"};
    return words;
}

bool readable(int fd, clock::time_point deadline) {
    auto const rest = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
    pollfd wanted{fd, POLLIN, 0};
    return ::poll(&wanted, 1, static_cast<int>(std::max<std::int64_t>(rest.count(), 0))) > 0;
}

/// The port in the announcement, 0 as long as there is no whole line of it.
std::uint16_t announced_port(std::string_view log) {
    constexpr std::string_view announcement = "listening on http://";
    auto const at = log.find(announcement);
    if (at == std::string_view::npos) return 0;
    auto line = log.substr(at + announcement.size());
    auto const end = line.find('\n');
    auto const colon = line.find(':');
    if (end == std::string_view::npos || colon > end) return 0;
    std::uint16_t port = 0;
    std::from_chars(line.data() + colon + 1, line.data() + end, port);
    return port;
}

}  // namespace

server_process::server_process(std::string const& command, std::vector<int> const& cores,
                               std::chrono::milliseconds timeout)
    : process_{split(command), cores}, input_{process_.take_input()} {
    await_listening(timeout);
    log_reader_ = std::jthread{[this] { read_whole_log(); }};
}

server_process::~server_process() { process_.stop(); }

std::string server_process::last_words() {
    auto const end = process_.stop();
    if (log_reader_.joinable()) log_reader_.join();
    return fmt::format("the server {}; the end of its log:\n{}", end, log_);
}

void server_process::await_listening(std::chrono::milliseconds timeout) {
    auto const deadline = clock::now() + timeout;
    while (port_ == 0) {
        if (!readable(process_.output(), deadline))
            throw failure{
                fmt::format("does not listen after {} ms; {}", timeout.count(), last_words())};
        if (!read_log()) throw failure{fmt::format("never listened; {}", last_words())};
        port_ = announced_port(log_);
    }
}

/// Waits for some more. Returns false at its end.
bool server_process::read_log() {
    std::array<char, log_kept> buffer;
    auto const size = ::read(process_.output(), buffer.data(), buffer.size());
    if (size <= 0) return false;
    log_.append(buffer.data(), static_cast<std::size_t>(size));
    if (log_.size() > 2 * log_kept) log_.erase(0, log_.size() - log_kept);
    return true;
}

void server_process::read_whole_log() {
    while (read_log()) {
    }
}

}  // namespace bench
