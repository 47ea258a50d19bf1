#pragma once

#include "answer.hpp"
#include "answer_sent.hpp"
#include "request_body.hpp"
#include "request_log.hpp"
#include "request_reader.hpp"
#include "serving.hpp"
#include "stream_peer.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>

#include <chrono>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast {

/// How serving a connection has returned.
enum class connection_state {
    over,   ///< It is at its end, and the stream can be closed.
    waits,  ///< It goes on when what it was given is made ready.
};

/// Serves the requests of one connection, one after the other. While it waits for a request to
/// begin, or a body of a response waits for something to write, it has no fiber, and holds no more
/// than these objects.
template <stream Stream>
class connection {
public:
    /// Both must outlive it. Throws `std::bad_alloc`.
    connection(Stream& with, serving const& how)
        : peer_(with), how_(how), reader_(std::make_unique<reader>(with, how.limits, true)) {}

    /// Goes on in the calling fiber, which it suspends while a request arrives, is answered, or the
    /// peer does not take what is written.
    connection_state serve(runnable& again) {
        for (;;) {
            if (!sending_) {
                if (auto const now = receive(again)) return *now;
            }
            if (sending_->write(again) == body_state::waits) return wait();
            bool const complete = sending_->finish();
            unfinished_ = complete && sending_->unfinished();
            peer_.close_when_ended(nullptr);  // what a body has not ended
            sending_.reset();
            if (!complete) return connection_state::over;
            if (!keep_alive_ || unfinished_) return linger();
            if (!reader_ && !read_again()) return linger();
        }
    }

private:
    using reader = request_reader<Stream>;

    /// Reads a request and has it answered. Nothing: the answer can be sent.
    std::optional<connection_state> receive(runnable& again) {
        auto const now = begin(again);
        if (now == request_state::waits) return connection_state::waits;
        if (now == request_state::late) too_late();
        if (now == request_state::late || now == request_state::none) return connection_state::over;
        transfer current;
        auto answer = now ? answer_next(current) : std::optional(refuse(no_memory));
        if (answer && send(std::move(*answer), current)) return std::nullopt;
        return connection_state::over;
    }

    /// As the reader does. Nothing: one has begun, and there is no memory for it.
    std::optional<request_state> begin(runnable& again) {
        try {
            return reader_->begin(again);
        } catch (std::bad_alloc const&) {
            return std::nullopt;
        }
    }

    /// Reads the rest of a request and has it answered. Nothing: the connection is over. Never
    /// inlined: its frame, with the parser in it, is gone when the body is written.
    [[gnu::noinline]] std::optional<response> answer_next(transfer& current) {
        head_parser parser;
        request_body body(how_.limits.bodies_bytes);  // counted until the request is gone
        boost::system::error_code error;
        auto const refused = read(parser, body, error);
        if (!refused && error) {
            if (error == boost::asio::error::timed_out) too_late();
            return std::nullopt;
        }
        current.version = parser.head().version;
        current.head = parser.head().method == "HEAD";
        current.keep_alive = !refused && reader_->keep_alive();
        if (!refused)
            return answer_to(request_of(std::move(parser.head()), body.take(), peer_), how_.answer);
        if (refused->http2) return count(*refused), go_away();
        return refuse(*refused);
    }

    /// As the reader does. A request for which there is no memory is refused like any other.
    std::optional<rejection> read(head_parser& parser, request_body& body,
                                  boost::system::error_code& error) {
        try {
            return reader_->read(parser, body, error);
        } catch (std::bad_alloc const&) {
            return no_memory;
        }
    }

    void too_late() {
        how_.counters.timed_out.fetch_add(1, std::memory_order_relaxed);
        log_timeout(peer_);
    }

    void count(rejection const& refused) {
        how_.counters.rejected.fetch_add(1, std::memory_order_relaxed);
        log_rejection(peer_, refused);
    }

    response refuse(rejection const& refused) {
        count(refused);
        return answer_to(refused);
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
    connection_state linger() {
        peer_.stream().linger(after(how_.limits.linger_time), how_.limits.linger_bytes,
                              unfinished_ ? pause_before_failure : std::chrono::milliseconds(0));
        return connection_state::over;
    }

    /// Begins to send. False: there is no memory for the head.
    bool send(response answer, transfer& current) {
        framing const how = framing_of(answer, current);
        if (how == framing::until_close || peer_.draining()) current.keep_alive = false;
        std::string head;
        try {
            head = head_of(answer, current, how);
        } catch (std::bad_alloc const&) {  // to be left before the fiber suspends
        }
        if (head.empty()) return give_up(), false;
        keep_alive_ = current.keep_alive;
        sending_.emplace(peer_, std::move(head), how, std::move(answer.body()));
        reader_->release();
        return true;
    }

    /// For long, as a rule: then the reader is worth its memory only if it holds a next request.
    connection_state wait() {
        if (reader_ && reader_->empty()) reader_.reset();
        return connection_state::waits;
    }

    /// False: there is no memory for that, and nothing was asked of us.
    bool read_again() {
        try {
            reader_ = std::make_unique<reader>(peer_.stream(), how_.limits, false);
        } catch (std::bad_alloc const&) {
        }
        return reader_ != nullptr;
    }

    /// To a browser an unfinished response is a failure, and Chromium drops what it has read of it
    /// and not handed on yet: the last event was lost in 4 of 20 trials, and in none with 20 ms.
    static constexpr std::chrono::milliseconds pause_before_failure{100};

    static constexpr rejection no_memory{status::service_unavailable, "there is no memory for it"};

    stream_peer<Stream> peer_;
    serving const& how_;
    std::unique_ptr<reader> reader_;  // while it may be needed
    std::optional<answer_sent<Stream>> sending_;
    bool keep_alive_ = false;  // after what is being sent
    bool unfinished_ = false;
};

}  // namespace fibercast
