#pragma once

#include "chunk_decoder.hpp"
#include "head_parser.hpp"
#include "head_scanner.hpp"
#include "request_body.hpp"
#include "request_rules.hpp"
#include "stream.hpp"

#include <fibercast/http/limits.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/shared_stack.hpp>
#include <fibercast/runtime/detail/timeouts.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/read_size.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace fibercast {

/// Whether there is a request to read.
enum class request_state {
    begun,  ///< Its first bytes are there.
    none,   ///< There will be none.
    late,   ///< There will be none, and there should have been one.
    waits,  ///< It may come.
};

/// Reads the requests of one connection, and keeps what has arrived of later ones. It holds no more
/// unparsed bytes than a header may have.
template <stream Stream>
class request_reader {
public:
    /// Both must outlive the reader. `first`: nothing was asked on that connection before.
    request_reader(Stream& from, http_limits const& limits, bool first)
        : stream_(from),
          limits_(limits),
          buffer_(std::max(limits.header_bytes, least_buffer)),
          first_(first) {}
    ~request_reader() { stop_waiting(); }
    request_reader(request_reader const&) = delete;
    request_reader& operator=(request_reader const&) = delete;

    /// Looks whether the next request has begun; otherwise `again` is made ready to look once more.
    /// Throws `std::bad_alloc`, but takes no memory before something has arrived: only then is there
    /// a request that can be refused for want of it.
    request_state begin(runnable& again) {
        stop_waiting();
        if (begins_before_ == deadline())
            begins_before_ = after(first_ ? limits_.header_time : limits_.idle_time);
        stream_.expires_at(begins_before_);
        boost::system::error_code error;
        for (drop_line_end(); !begun() && !error; drop_line_end()) receive_first(error);
        if (begun()) {
            line_end_may_come_ = false;
            return request_state::begun;
        }
        bool const late = std::chrono::steady_clock::now() >= begins_before_;
        if (error == boost::asio::error::would_block && !late) {
            stream_.when_ready(&again);
            late_.start(begins_before_, again);
            return request_state::waits;
        }
        if (error != boost::asio::error::would_block && error != boost::asio::error::timed_out)
            return request_state::none;
        return first_ ? request_state::late : request_state::none;
    }

    /// Reads header and body. Returns why the request is refused, if it must be; otherwise an error
    /// means that there is nobody to answer: the peer has gone or was too slow.
    std::optional<rejection> read(head_parser& parser, request_body& body,
                                  boost::system::error_code& error) {
        // Of the first request the time runs since the connection is there.
        if (!first_) stream_.expires_at(after(limits_.header_time));
        if (auto const refused = read_head(parser, error); refused || error) return refused;
        if (auto const refused = rejected(parser.head())) return refused;
        keep_alive_ = parser.keep_alive();
        auto const refused = read_body(parser, body, error);
        if (!refused && !error) {
            stream_.expires_at(never);
            line_end_may_come_ = true;
            first_ = false;
            begins_before_ = {};
        }
        return refused;
    }

    /// Whether the client keeps the connection for another request after the one that was read.
    bool keep_alive() const noexcept { return keep_alive_; }

    /// Gives the buffer's memory back, if nothing is in it.
    void release() {
        if (empty()) buffer_.shrink_to_fit();
    }
    /// Whether nothing of a next request has arrived.
    bool empty() const noexcept { return buffer_.size() == 0; }

private:
    static constexpr std::uint32_t least_buffer = 1024;

    std::optional<rejection> read_head(head_parser& parser, boost::system::error_code& error) {
        head_scanner scanner;
        while (!error && scanner.size() == 0) {
            auto const head = unparsed().substr(0, limits_.header_bytes);
            if (auto const refused = scanner.scan(head)) return refused;
            if (scanner.size() != 0) break;
            if (head.size() == limits_.header_bytes)
                return rejection{status::request_header_fields_too_large, "a large header"};
            error = receive(limits_.header_bytes - head.size());
        }
        if (error) return std::nullopt;
        parser.header_limit(limits_.header_bytes);
        parser.body_limit(boost::none);
        boost::asio::const_buffer const head(buffer_.data().data(), scanner.size());
        // Five kilobytes deep: on the fiber's own stack they would cost a second page.
        on_shared_stack([&] { return parser.put(head, error); });
        buffer_.consume(scanner.size());
        if (error) return rejection_of(error);
        return std::nullopt;
    }

    /// One empty line may come before a request (RFC 9112, section 2.2). It is not the beginning of it,
    /// and nor is a part of that line.
    void drop_line_end() noexcept {
        if (!line_end_may_come_ || !unparsed().starts_with(line_end)) return;
        buffer_.consume(line_end.size());
        line_end_may_come_ = false;
    }
    bool begun() const noexcept {
        return !empty() && !(line_end_may_come_ && line_end.starts_with(unparsed()));
    }

    std::optional<rejection> read_body(head_parser const& parser, request_body& body,
                                       boost::system::error_code& error) {
        auto const length = parser.content_length().value_or(0);
        if (length > most_data()) return rejection{status::payload_too_large, "a large body"};
        if (length == 0 && !parser.chunked()) return std::nullopt;
        stream_.expires_at(after(limits_.body_time));
        body.expect_at_most(parser.chunked() ? most_data() : length);
        invite_body(parser, error);
        return parser.chunked() ? read_chunks(body, error) : read_bytes(length, body, error);
    }

    std::optional<rejection> read_bytes(std::uint64_t count, request_body& body,
                                        boost::system::error_code& error) {
        while (count != 0 && !error) {
            auto const some = unparsed().substr(
                0, static_cast<std::size_t>(std::min<std::uint64_t>(count, buffer_.size())));
            if (!body.append(some)) return no_room;
            count -= some.size();
            buffer_.consume(some.size());
            if (count != 0) error = receive(std::min<std::uint64_t>(count, buffer_.max_size()));
        }
        return std::nullopt;
    }

    std::optional<rejection> read_chunks(request_body& body, boost::system::error_code& error) {
        chunk_decoder decoder(most_data(), limits_.header_bytes);
        while (!error) {
            auto rest = unparsed();
            auto const data = decoder.decode(rest);
            if (decoder.failure()) return decoder.failure();
            if (!body.append(data)) return no_room;
            buffer_.consume(buffer_.size() - rest.size());
            if (decoder.done()) break;
            if (rest.empty()) error = receive(buffer_.max_size());
        }
        return std::nullopt;
    }

    /// A body that all the room would not do for is not worth another try.
    std::uint64_t most_data() const noexcept {
        return std::min(limits_.body_bytes, limits_.bodies_bytes);
    }

    std::string_view unparsed() const noexcept {
        return {static_cast<char const*>(buffer_.data().data()), buffer_.size()};
    }

    /// Reads at most so much, and no more than fits.
    boost::system::error_code receive(std::size_t most) {
        auto const size = boost::beast::read_size(buffer_, most);
        if (size == 0) return boost::beast::http::error::buffer_overflow;
        boost::system::error_code error;
        buffer_.commit(stream_.read_some(buffer_.prepare(size), error));
        return error;
    }

    void receive_first(boost::system::error_code& error) {
        std::array<char, 512> bytes;
        auto const count = stream_.try_read_some(boost::asio::buffer(bytes), error);
        boost::asio::buffer_copy(buffer_.prepare(count), boost::asio::buffer(bytes, count));
        buffer_.commit(count);
    }

    /// A client that asks first (`Expect: 100-continue`) is told to send its body.
    void invite_body(head_parser const& parser, boost::system::error_code& error) {
        if (!expects_continue(parser.head())) return;
        boost::asio::write(stream_, boost::asio::buffer("HTTP/1.1 100 Continue\r\n\r\n", 25),
                           error);
    }

    static constexpr std::string_view line_end = "\r\n";
    static constexpr rejection no_room{status::service_unavailable,
                                       "the bodies of all connections have no more room"};

    void stop_waiting() noexcept {
        stream_.when_ready(nullptr);
        late_.cancel();
    }

    Stream& stream_;
    http_limits const& limits_;
    boost::beast::flat_buffer buffer_;
    deadline begins_before_{};  // not yet set
    ready_after late_;
    bool first_;
    bool keep_alive_ = false;
    bool line_end_may_come_ = true;
};

}  // namespace fibercast
