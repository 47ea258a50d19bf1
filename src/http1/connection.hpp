#pragma once

#include <fibercast/http/handler.hpp>
#include <fibercast/http/limits.hpp>
#include "answer.hpp"
#include "request_body.hpp"
#include "request_log.hpp"
#include "request_reader.hpp"
#include "response_head.hpp"
#include "stream_output.hpp"
#include "stream_peer.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>

#include <optional>
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
    /// All three must outlive the connection. `answer` is called for each request.
    connection(Stream& with, handler const& answer, http_limits const& limits)
        : peer_(with), handler_(answer), limits_(limits), reader_(with, limits) {}

    /// Suspends until the connection is at its end. Then the stream can be closed.
    void serve() {
        bool first = true;
        transfer current;
        do {
            std::optional<response> answer = answer_next(current, std::exchange(first, false));
            if (!answer || !send(answer, current)) return;
        } while (current.keep_alive);
        peer_.stream().shutdown_write();
        // Closing while input is unread makes the kernel reset the connection, and the reset can
        // overtake the response. So the peer gets a moment to read it and close, whatever else it
        // sends (RFC 9112, section 9.6).
        reader_.discard();
    }

private:
    /// Reads the next request and has it answered. Nothing: the connection is over.
    [[gnu::noinline]] std::optional<response> answer_next(transfer& current, bool first) {
        if (!first && !reader_.wait()) return std::nullopt;
        typename request_reader<Stream>::parser_type parser;
        request_body body(limits_.bodies_bytes);  // counted until the request is gone
        boost::system::error_code error;
        auto const refused = reader_.read(parser, body, error);
        if (!refused && error) {
            if (error == boost::asio::error::timed_out) log_timeout(peer_);
            return std::nullopt;
        }
        current.version = parser.is_header_done() ? parser.get().version() : 11;
        current.head =
            parser.is_header_done() && parser.get().method() == boost::beast::http::verb::head;
        current.keep_alive = !refused && reader_.keep_alive();
        if (!refused) return answer_to(request_of(parser.get(), body.take(), peer_), handler_);
        log_rejection(peer_, *refused);
        if (refused->http2) return go_away();
        return answer_to(*refused);
    }

    /// Tells a client of HTTP/2 in its own words to come again with HTTP/1.1: empty SETTINGS, which
    /// must come first, and GOAWAY with HTTP_1_1_REQUIRED (RFC 9113, sections 6.8 and 7).
    std::nullopt_t go_away() {
        constexpr std::string_view frames(
            "\0\0\0\4\0\0\0\0\0"
            "\0\0\10\7\0\0\0\0\0"
            "\0\0\0\0\0\0\0\15",
            26);
        boost::system::error_code error;
        boost::asio::write(peer_.stream(), boost::asio::buffer(frames), error);
        if (error) return std::nullopt;
        peer_.stream().shutdown_write();
        reader_.discard();
        return std::nullopt;
    }

    /// True: the response is complete, as its framing promised.
    bool send(std::optional<response>& answer, transfer& current) {
        framing const how = framing_of(*answer, current);
        if (how == framing::until_close) current.keep_alive = false;
        stream_output<Stream> out(peer_, head_of(*answer, current, how), how);
        any_body body = std::move(answer->body());
        auto const promised = body.size();
        answer.reset();  // and with it what only the head needed: the body may last long
        reader_.release();
        body.write(out);
        if (!out.finish()) return false;
        return how != framing::sized || out.written() == promised;
    }

    stream_peer<Stream> peer_;
    handler const& handler_;
    http_limits const& limits_;
    request_reader<Stream> reader_;
};

}  // namespace fibercast
