#pragma once

#include <fibercast/http/handler.hpp>
#include <fibercast/http/limits.hpp>
#include "answer.hpp"
#include "request_body.hpp"
#include "request_counters.hpp"
#include "request_log.hpp"
#include "request_reader.hpp"
#include "response_head.hpp"
#include "stream_output.hpp"
#include "stream_peer.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>

#include <chrono>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast {

/// Serves the requests of one connection, one after the other, in the calling fiber.
///
/// The fiber may wait in a response's body for hours, so nothing deep or large is alive then:
/// request and parser are gone, and `answer_next` is a function of its own that is never inlined,
/// so that its frame is too.
template <stream Stream>
class connection {
public:
    /// All of these must outlive the connection. `answer` is called for each request.
    connection(Stream& with, handler const& answer, http_limits const& limits,
               request_counters& counters)
        : peer_(with),
          handler_(answer),
          limits_(limits),
          counters_(counters),
          reader_(with, limits) {}

    /// Suspends until the connection is at its end. Then the stream can be closed.
    void serve() {
        bool first = true;
        transfer current;
        do {
            std::optional<response> answer = answer_next(current, std::exchange(first, false));
            if (!answer || !send(answer, current)) return;
        } while (current.keep_alive);
        linger();
    }

private:
    /// Reads the next request and has it answered. Nothing: the connection is over.
    [[gnu::noinline]] std::optional<response> answer_next(transfer& current, bool first) {
        head_parser parser;
        request_body body(limits_.bodies_bytes);  // counted until the request is gone
        boost::system::error_code error;
        auto const refused = read(first, parser, body, error);
        if (!refused && error) {
            if (error == boost::asio::error::timed_out) {
                counters_.timed_out.fetch_add(1, std::memory_order_relaxed);
                log_timeout(peer_);
            }
            return std::nullopt;
        }
        current.version = parser.head().version;
        current.head = parser.head().method == "HEAD";
        current.keep_alive = !refused && reader_.keep_alive();
        if (!refused)
            return answer_to(request_of(std::move(parser.head()), body.take(), peer_), handler_);
        counters_.rejected.fetch_add(1, std::memory_order_relaxed);
        log_rejection(peer_, *refused);
        if (refused->http2) return go_away();
        return answer_to(*refused);
    }

    /// As the reader does. A request for which there is no memory is refused like any other.
    std::optional<rejection> read(bool first, head_parser& parser, request_body& body,
                                  boost::system::error_code& error) {
        try {
            if (!first && !reader_.wait()) {
                error = boost::asio::error::eof;
                return std::nullopt;
            }
            return reader_.read(parser, body, error);
        } catch (std::bad_alloc const&) {
            return rejection{status::service_unavailable, "there is no memory for it"};
        }
    }

    /// Tells a client of HTTP/2 in its own words to come again with HTTP/1.1: empty SETTINGS, which
    /// must come first, and GOAWAY with HTTP_1_1_REQUIRED (RFC 9113, sections 6.8 and 7).
    std::nullopt_t go_away() {
        constexpr std::string_view frames(
            "\0\0\0\4\0\0\0\0\0"
            "\0\0\10\7\0\0\0\0\0"
            "\0\0\0\0\0\0\0\15",
            26);
        say_last(frames);
        return std::nullopt;
    }

    /// Of what the handler has answered not even the head has room in memory.
    void give_up() {
        say_last(
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
            "Connection: close\r\n\r\n");
    }

    void say_last(std::string_view text) {
        boost::system::error_code error;
        boost::asio::write(peer_.stream(), boost::asio::buffer(text), error);
        if (!error) linger();
    }

    /// The peer gets some time to read the last answer and close, whatever else it sends (RFC 9112,
    /// section 9.6).
    void linger() {
        peer_.stream().linger(after(limits_.linger_time), limits_.linger_bytes,
                              unfinished_ ? pause_before_failure : std::chrono::milliseconds(0));
    }

    /// True: the response is complete, as its framing promised, or as far as its body wanted.
    bool send(std::optional<response>& answer, transfer& current) {
        framing const how = framing_of(*answer, current);
        if (how == framing::until_close || peer_.draining()) current.keep_alive = false;
        std::string head;
        try {
            head = head_of(*answer, current, how);
        } catch (std::bad_alloc const&) {
            head.clear();
        }
        if (head.empty()) return give_up(), false;
        stream_output<Stream> out(peer_, std::move(head), how);
        any_body body = std::move(answer->body());
        auto const promised = body.size();
        answer.reset();  // and with it what only the head needed: the body may last long
        reader_.release();
        body.write(out);
        if (!out.finish()) return false;
        unfinished_ = out.unfinished();
        if (unfinished_) current.keep_alive = false;
        return how != framing::sized || out.written() == promised;
    }

    /// To a browser an unfinished response is a failure, and Chromium drops what it has read of it
    /// and not handed on yet: the last event was lost in 4 of 20 trials, and in none with 20 ms.
    static constexpr std::chrono::milliseconds pause_before_failure{100};

    stream_peer<Stream> peer_;
    handler const& handler_;
    http_limits const& limits_;
    request_counters& counters_;
    request_reader<Stream> reader_;
    bool unfinished_ = false;
};

}  // namespace fibercast
