#include "clients/post_publisher.hpp"

#include "clients/client_socket.hpp"
#include "process/failure.hpp"

#include <sys/socket.h>

namespace bench {
namespace {

constexpr std::size_t receive_size = 16 * 1024;

}  // namespace

post_publisher::post_publisher(endpoint const& target)
    : socket_{connect_to(target)}, target_{target} {
    if (!await_connected(socket_.get()))
        throw failure{fmt::format("nobody takes POSTs at {}:{}", target.host, target.port)};
}

void post_publisher::publish(std::string_view message) {
    post(target_.path, "text/plain", message);
}

/// Neither has a character that JSON or a path would write otherwise.
void post_publisher::publish_to(std::string_view topic, std::string_view message) {
    constexpr std::string_view place_of_topic = "{topic}";
    if (auto const place = target_.path.find(place_of_topic); place != std::string::npos) {
        auto path = target_.path;
        return post(path.replace(place, place_of_topic.size(), topic), "text/plain", message);
    }
    lines_ += fmt::format("{{\"topics\":[\"{}\"],\"data\":\"{}\"}}\n", topic, message);
}

void post_publisher::post(std::string_view path, std::string_view type, std::string_view body) {
    pending_ += fmt::format(
        "POST {} HTTP/1.1\r\nHost: {}:{}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}", path,
        target_.host, target_.port, type, body.size(), body);
    ++due_;
}

void post_publisher::take_lines() {
    if (lines_.empty()) return;
    post(target_.path, "application/x-ndjson", lines_);
    lines_.clear();
}

void post_publisher::go_on() {
    take_lines();
    send_pending();
    receive_answers();
}

void post_publisher::send_pending() {
    std::size_t sent = 0;
    while (sent < pending_.size()) {
        auto const size = ::send(socket_.get(), pending_.data() + sent, pending_.size() - sent,
                                 MSG_NOSIGNAL | MSG_DONTWAIT);
        if (size < 0 && errno == EAGAIN) break;
        sent += static_cast<std::size_t>(checked(size, "sending a POST"));
    }
    pending_.erase(0, sent);
}

void post_publisher::receive_answers() {
    for (;;) {
        auto const space = received_.prepare(receive_size);
        auto const size = ::recv(socket_.get(), space.data(), space.size(), MSG_DONTWAIT);
        if (size < 0 && errno == EAGAIN) return;
        if (checked(size, "receiving the answer to a POST") == 0) {
            if (due_ == 0) return;  // it was idle for too long: of no matter if nothing follows
            throw failure{"the server closed the connection that messages are POSTed on"};
        }
        received_.commit(static_cast<std::size_t>(size));
        parse_answers();
    }
}

void post_publisher::parse_answers() {
    while (received_.size() > 0) {
        if (!answer_) answer_.emplace().eager(true);
        boost::beast::error_code error;
        auto const used = answer_->put(received_.data(), error);
        received_.consume(used);
        if (error == boost::beast::http::error::need_more) return;
        if (error) throw failure{fmt::format("the answer to a POST: {}", error.message())};
        if (!answer_->is_done()) {
            if (used == 0) return;
            continue;
        }
        auto const status = answer_->get().result_int();
        if (status / 100 != 2) throw failure{fmt::format("a POST was answered with {}", status)};
        answer_.reset();
        --due_;
    }
}

}  // namespace bench
