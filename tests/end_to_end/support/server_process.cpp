#include "server_process.hpp"

#include <fmt/format.h>
#include "support/catch.hpp"

#include <algorithm>
#include <csignal>
#include <exception>
#include <filesystem>
#include <iterator>
#include <sstream>

namespace end_to_end {
namespace {

bool has(std::vector<std::string> const& words, std::string_view which) {
    return std::find(words.begin(), words.end(), which) != words.end();
}

/// On a busy machine a client that a test leaves alone is idle, or does not read, for longer than
/// it wants to: no clock is to send or end anything but those that it asks for.
std::vector<std::string> for_tests(std::vector<std::string> const& options) {
    std::vector<std::string> words{"--port", "0"};
    for (auto const* clock : {"--heartbeat", "--peer-timeout"}) {
        if (!has(options, clock) && !has(options, "--config"))
            words.insert(words.end(), {clock, "0"});
    }
    words.insert(words.end(), options.begin(), options.end());
    return words;
}

}  // namespace

std::vector<std::string> program(std::vector<std::string> const& options,
                                 std::vector<std::string> const& prefix) {
    auto words = prefix;
    words.emplace_back(FIBERCAST_PROGRAM);
    words.insert(words.end(), options.begin(), options.end());
    // Its usual port is one, and tests run at once.
    if (!has(options, "--admin")) words.insert(words.end(), {"--admin", "off"});
    return words;
}

server_process::server_process(std::vector<std::string> const& options, input_kind input,
                               std::vector<std::string> const& prefix)
    : process_(program(for_tests(options), prefix), input),
      has_console_(input == input_kind::pipe) {
    process_.errors().until("listening on ");
    auto const rest = process_.errors().line();
    announcement_ = "listening on " + rest;
    base_ = rest.substr(0, rest.find(' '));
}

server_process::~server_process() {
    if (ended_ || std::uncaught_exceptions() > 0) return;
    try {
        end_in_peace();
    } catch (failure const& why) {
        FAIL_CHECK(why.what() << "; its log:\n" << log().seen());
    }
}

std::uint16_t server_process::port() const {
    return static_cast<std::uint16_t>(std::stoul(base_.substr(base_.rfind(':') + 1)));
}

std::string server_process::execute(std::string_view command) {
    // The answer to a second command, which is known, is where that of the first ends.
    constexpr std::string_view end = "there is no client 0\n";
    process_.write(fmt::format("{}\nkick 0\n", command));
    auto text = process_.output().until(end);
    text.resize(text.size() - end.size());
    return text;
}

std::size_t server_process::stat(std::string_view name) {
    std::istringstream lines(execute("stats"));
    std::string each;
    std::string value;
    while (lines >> each >> value) {
        if (each == name) return std::stoul(value);
    }
    throw failure(fmt::format("stats has no {}", name));
}

void server_process::await_stat(std::string_view name, std::size_t value,
                                std::chrono::milliseconds limit) {
    std::size_t last = 0;
    try {
        await(
            "", [&] { return (last = stat(name)) == value; }, limit);
    } catch (failure const&) {
        throw failure(fmt::format("{} is {} and not {}; clients:\n{}log:\n{}", name, last, value,
                                  execute("clients"), log().seen()));
    }
}

int server_process::stop(int signal) {
    process_.send(signal);
    return wait();
}

int server_process::wait(std::chrono::milliseconds limit) {
    auto const status = process_.wait(limit);
    ended_ = true;
    return status;
}

void server_process::end_in_peace() {
    if (has_console_) {
        await_stat("clients", 0);
        await_stat("connections", 0);
        process_.write("quit\n");
    } else {
        process_.send(SIGTERM);
    }
    CHECK(wait() == 0);
    CHECK(log().until_end().find("cut") == std::string::npos);
}

std::size_t open_descriptors_of(pid_t process) {
    auto const all = std::filesystem::directory_iterator(fmt::format("/proc/{}/fd", process));
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace end_to_end
