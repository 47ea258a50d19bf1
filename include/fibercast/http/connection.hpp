#pragma once

#include <fibercast/http/framing.hpp>
#include <fibercast/http/limits.hpp>
#include <fibercast/http/router.hpp>
#include <fibercast/http/stream.hpp>
#include <fibercast/http/stream_output.hpp>

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/read_size.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace fibercast {

/// Serves the requests of one connection, one after the other, in the calling fiber.
///
/// The fiber may wait in a response's body for hours, so nothing deep or large is alive then: request
/// and parser are gone, and `answer_next` is a function of its own that is never inlined, so that its
/// frame is too.
template <stream Stream>
class connection {
public:
    /// All three must outlive the connection. `answer` is called for each request.
    connection(Stream& with, router const& answer, http_limits const& limits)
        : stream_(with), router_(answer), limits_(limits), buffer_(std::max(limits.header_bytes, least_buffer))
    {
    }

    /// Suspends until the connection is at its end. Then the stream can be closed.
    void serve()
    {
        bool first = true;
        exchange current;
        do {
            std::optional<response> answer = answer_next(current, std::exchange(first, false));
            if (!answer || !send(answer, current)) return;
        } while (current.keep_alive);
        stream_.shutdown_write();
        if (current.linger) linger();
    }

private:
    using parser_type = boost::beast::http::request_parser<boost::beast::http::string_body>;

    static constexpr std::uint32_t least_buffer = 1024;

    /// Reads the next request and has it answered. Nothing: the connection is over.
    [[gnu::noinline]] std::optional<response> answer_next(exchange& current, bool first)
    {
        if (!first && buffer_.size() == 0 && !wait_for_request()) return std::nullopt;
        parser_type parser;
        parser.header_limit(limits_.header_bytes);
        parser.body_limit(limits_.body_bytes);
        boost::system::error_code error;
        auto refused = read(parser, error);
        if (!refused && error) refused = status_for(error);
        if (!refused && error) return std::nullopt;
        current.version = parser.is_header_done() ? parser.get().version() : 11;
        current.head = parser.is_header_done() && parser.get().method() == boost::beast::http::verb::head;
        current.keep_alive = !refused && parser.keep_alive();
        current.linger = refused.has_value();
        if (refused) return response::plain(*refused);
        return handle(request(parser.release()));
    }

    /// Reads header and body. Returns the status to refuse the request with, if it must be.
    std::optional<status> read(parser_type& parser, boost::system::error_code& error)
    {
        stream_.expires_at(after(limits_.header_time));
        parse(parser, &parser_type::is_header_done, error);
        if (error) return std::nullopt;
        if (auto const refused = refusal(parser.get().base())) return refused;
        if (!parser.is_done()) {
            stream_.expires_at(after(limits_.body_time));
            invite_body(parser, error);
            parse(parser, &parser_type::is_done, error);
        }
        stream_.expires_at(never);
        return std::nullopt;
    }

    /// Feeds the parser until it has what `done` asks for.
    void parse(parser_type& parser, bool (parser_type::*done)() const, boost::system::error_code& error)
    {
        boost::system::error_code const need_more = boost::beast::http::error::need_more;
        std::size_t parsed = 0;
        while (!error && !(parser.*done)()) {
            error = need_more;
            if (buffer_.size() >= least_input(parser)) {
                auto const count = parser.put(buffer_.data(), error);
                buffer_.consume(count);
                parsed += count;
            }
            if (error == need_more) error = parser.is_header_done() ? receive(buffer_.max_size()) : receive_header(parsed);
        }
    }

    /// How many bytes the parser needs to get any further. In a chunked body the last chunk's: with
    /// less of it, Beast 1.81 fails an assertion.
    static std::size_t least_input(parser_type const& parser)
    {
        return parser.is_header_done() && parser.chunked() ? std::string_view("0\r\n\r\n").size() : 1;
    }

    boost::system::error_code receive_header(std::size_t parsed)
    {
        // Beast asks for the eight bytes of a version even when the header has ended before it.
        auto const unread = buffer_.data();
        std::string_view const text(static_cast<char const*>(unread.data()), unread.size());
        if (text.find("\r\n\r\n") != text.npos) return boost::beast::http::error::bad_version;
        auto const held = parsed + buffer_.size();
        return receive(limits_.header_bytes - std::min<std::size_t>(held, limits_.header_bytes));
    }

    /// Reads at most so much into the buffer. It never grows larger than a header may: lines of chunks
    /// and trailers have no limits of their own.
    boost::system::error_code receive(std::size_t most)
    {
        auto const size = boost::beast::read_size(buffer_, most);
        if (size == 0) return boost::beast::http::error::buffer_overflow;
        boost::system::error_code error;
        buffer_.commit(stream_.read_some(buffer_.prepare(size), error));
        return error;
    }

    /// A client that asks first (`Expect: 100-continue`) is told to send its body.
    void invite_body(parser_type const& parser, boost::system::error_code& error)
    {
        if (!expects_continue(parser.get())) return;
        boost::asio::write(stream_, boost::asio::buffer("HTTP/1.1 100 Continue\r\n\r\n", 25), error);
    }

    response handle(request const& asked)
    {
        try {
            return router_(asked);
        }
        catch (std::exception const& failure) {
            report_handler_failure(asked, failure.what());
        }
        catch (...) {
            report_handler_failure(asked, "an exception of an unknown type");
        }
        return response::plain(status::internal_server_error);
    }

    /// True: the response is complete, as its framing promised.
    bool send(std::optional<response>& answer, exchange& current)
    {
        framing const how = framing_of(*answer, current);
        if (how == framing::until_close) current.keep_alive = false;
        stream_output<Stream> out(stream_, head_of(*answer, current, how), how);
        any_body body = std::move(answer->body());
        auto const promised = body.size();
        answer.reset();  // and with it what only the head needed: the body may last long
        if (buffer_.size() == 0) buffer_.shrink_to_fit();
        body.write(out);
        if (!out.finish()) return false;
        return how != framing::sized || out.written() == promised;
    }

    bool wait_for_request()
    {
        stream_.expires_at(after(limits_.idle_time));
        boost::system::error_code error;
        buffer_.commit(stream_.read_some(buffer_.prepare(512), error));
        return !error;
    }

    /// Closing while input is unread makes the kernel reset the connection, and the reset can overtake
    /// the response. So the peer gets a moment to read it and close.
    void linger()
    {
        stream_.expires_at(after(limits_.linger_time));
        std::size_t left = 64 * 1024;
        boost::system::error_code error;
        buffer_.clear();
        while (!error && left > 0) {
            auto const room = buffer_.prepare(1024);
            left -= std::min(left, stream_.read_some(room, error));
        }
    }

    Stream& stream_;
    router const& router_;
    http_limits const& limits_;
    boost::beast::flat_buffer buffer_;
};

}  // namespace fibercast
