#pragma once

#include <fibercast/http/limits.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/shared_stack.hpp>
#include "request_rules.hpp"
#include "stream.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/read_size.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fibercast {

/// Reads the requests of one connection, and keeps what has arrived of later ones. It holds no more
/// unparsed bytes than a header may have.
template <stream Stream>
class request_reader {
public:
    using parser_type = boost::beast::http::request_parser<boost::beast::http::string_body>;

    /// Both must outlive the reader.
    request_reader(Stream& from, http_limits const& limits)
        : stream_(from), limits_(limits), buffer_(std::max(limits.header_bytes, least_buffer)) {}

    /// Suspends until something of the next request has arrived. False: there will be none.
    bool wait() {
        if (buffer_.size() != 0) return true;
        stream_.expires_at(after(limits_.idle_time));
        return !receive(first_read);
    }

    /// Reads header and body. Returns the status to refuse the request with, if it must be.
    std::optional<status> read(parser_type& parser, boost::system::error_code& error) {
        parser.header_limit(limits_.header_bytes);
        parser.body_limit(boost::none);  // first it must be clear that there may be a body at all
        stream_.expires_at(after(limits_.header_time));
        parse(parser, &parser_type::is_header_done, error);
        if (error) return status_for(error);
        if (auto const refused = refusal(parser.get().base())) return refused;
        keep_alive_ = parser.keep_alive();
        if (parser.content_length().value_or(0) > limits_.body_bytes)
            return status::payload_too_large;
        if (!parser.is_done() && !read_body(parser, error)) return status_for(error);
        stream_.expires_at(never);
        return std::nullopt;
    }

    /// Whether the client keeps the connection for another request after the one that was read.
    bool keep_alive() const noexcept { return keep_alive_; }

    /// Reads what the peer still sends, for a moment, and throws it away.
    void discard() {
        stream_.expires_at(after(limits_.linger_time));
        boost::system::error_code error;
        for (std::size_t received = 0; !error && received < 64 * 1024; received += buffer_.size()) {
            buffer_.clear();
            error = receive(least_buffer);
        }
    }

    /// Gives the buffer's memory back, if nothing is in it.
    void release() {
        if (buffer_.size() == 0) buffer_.shrink_to_fit();
    }

private:
    static constexpr std::uint32_t least_buffer = 1024;
    static constexpr std::size_t first_read = 512;

    /// Suspends. False: the body is not complete, and `error` says why.
    bool read_body(parser_type& parser, boost::system::error_code& error) {
        // Beast 1.81 adds the fields of a trailer to those of the header, behind the back of
        // whoever has checked the header.
        boost::beast::http::fields const header = parser.get().base();
        parser.body_limit(limits_.body_bytes);
        stream_.expires_at(after(limits_.body_time));
        invite_body(parser, error);
        parse(parser, &parser_type::is_done, error);
        static_cast<boost::beast::http::fields&>(parser.get().base()) = header;
        return !error;
    }

    /// Feeds the parser until it has what `done` asks for.
    void parse(parser_type& parser, bool (parser_type::*done)() const,
               boost::system::error_code& error) {
        boost::system::error_code const need_more = boost::beast::http::error::need_more;
        std::size_t parsed = 0;
        while (!error && !(parser.*done)()) {
            error = need_more;
            if (buffer_.size() >= least_input(parser)) {
                // Five kilobytes deep: on the fiber's own stack they would cost a second page.
                auto const count =
                    on_shared_stack([&] { return parser.put(buffer_.data(), error); });
                buffer_.consume(count);
                parsed += count;
            }
            if (error == need_more)
                error =
                    parser.is_header_done() ? receive(buffer_.max_size()) : receive_header(parsed);
        }
    }

    /// How many bytes the parser needs to get any further: in a chunked body, those of the last
    /// chunk. With less of it Beast 1.81 fails an assertion.
    static std::size_t least_input(parser_type const& parser) {
        return parser.is_header_done() && parser.chunked() ? std::string_view("0\r\n\r\n").size()
                                                           : 1;
    }

    boost::system::error_code receive_header(std::size_t parsed) {
        // Beast waits for the eight bytes of a version, even when the header has ended before them.
        auto const unparsed = buffer_.data();
        std::string_view const text(static_cast<char const*>(unparsed.data()), unparsed.size());
        if (text.find("\r\n\r\n") != text.npos) return boost::beast::http::error::bad_version;
        std::size_t const limit = limits_.header_bytes;
        return receive(limit - std::min(parsed + text.size(), limit));
    }

    /// Reads at most so much, and no more than fits: the lines of chunks and trailers have no limit
    /// of their own.
    boost::system::error_code receive(std::size_t most) {
        auto const size = boost::beast::read_size(buffer_, most);
        if (size == 0) return boost::beast::http::error::buffer_overflow;
        boost::system::error_code error;
        buffer_.commit(stream_.read_some(buffer_.prepare(size), error));
        return error;
    }

    /// A client that asks first (`Expect: 100-continue`) is told to send its body.
    void invite_body(parser_type const& parser, boost::system::error_code& error) {
        if (!expects_continue(parser.get())) return;
        boost::asio::write(stream_, boost::asio::buffer("HTTP/1.1 100 Continue\r\n\r\n", 25),
                           error);
    }

    Stream& stream_;
    http_limits const& limits_;
    boost::beast::flat_buffer buffer_;
    bool keep_alive_ = false;
};

}  // namespace fibercast
