#include "contest/server_process.hpp"

#include "clients/line_publisher.hpp"
#include "clients/post_publisher.hpp"
#include "process/failure.hpp"
#include "process/interruption.hpp"

#include <unistd.h>

#include <array>

namespace bench {
namespace {

constexpr std::size_t log_kept = 4096;
constexpr std::chrono::milliseconds listen_check{10};

/// Where messages are POSTed to; nothing if they are lines on its standard input.
std::optional<endpoint> place_of_posts(contestant const& who, endpoint const& target,
                                       server_ports const& ports) {
    if (who.publish == "stdin") return std::nullopt;
    if (who.publish.starts_with("http://")) return parse_url(with_ports(who.publish, ports));
    auto publish_at = target;
    publish_at.path = who.publish;
    return publish_at;
}

}  // namespace

server_process::server_process(contestant const& who, std::chrono::milliseconds timeout,
                               std::uint16_t port)
    : watched_{who.pid} {
    auto const own = port != 0 ? port : find_free_port();
    auto admin = find_free_port();
    while (admin == own) admin = find_free_port();
    ports_ = {std::to_string(own), std::to_string(admin)};
    target_ = parse_url(with_ports(who.url, ports_));
    if (!who.command.empty()) {
        child_.emplace(split_words(with_ports(who.command, ports_)), who.cores);
        log_reader_ = std::jthread{
            [this, output = child_->take_output()]() mutable { read_log(std::move(output)); }};
    }
    await_listening(target_, timeout);
    if (auto const posts = place_of_posts(who, target_, ports_)) {
        await_listening(*posts, timeout);  // it may be another port, and that comes later
        publisher_ = std::make_unique<post_publisher>(*posts);
    } else if (child_) {
        publisher_ = std::make_unique<line_publisher>(child_->take_input());
    }
}

std::string server_process::last_words() {
    if (!child_) return "the server was not started by us";
    auto const end = child_->stop();
    if (log_reader_.joinable()) log_reader_.join();
    return fmt::format("the server {}; the end of its log:\n{}", end, log_);
}

void server_process::await_listening(endpoint const& at, std::chrono::milliseconds timeout) {
    auto const deadline = std::chrono::steady_clock::now() + timeout;
    auto const check_alive = [this] {
        if (child_ && child_->has_ended())
            throw failure{fmt::format("never listened; {}", last_words())};
    };
    while (!accepts_connections(at)) {
        check_alive();
        if (std::chrono::steady_clock::now() > deadline)
            throw failure{
                fmt::format("does not listen after {} ms; {}", timeout.count(), last_words())};
        pause_for(listen_check);
    }
    check_alive();  // or somebody else listens there
}

void server_process::read_log(unique_fd output) {
    std::array<char, log_kept> buffer;
    for (;;) {
        auto const size = ::read(output.get(), buffer.data(), buffer.size());
        if (size <= 0) return;
        log_.append(buffer.data(), static_cast<std::size_t>(size));
        if (log_.size() > 2 * log_kept) log_.erase(0, log_.size() - log_kept);
    }
}

}  // namespace bench
