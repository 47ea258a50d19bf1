#pragma once

#include <fibercast/http/chunk.hpp>
#include <fibercast/http/output.hpp>
#include "stream_peer.hpp"
#include "transfer.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast {

/// The output of one response on a stream.
template <stream Stream>
class stream_output final : public output {
public:
    stream_output(stream_peer<Stream>& to, std::string head, framing how)
        : peer_(to), head_(std::move(head)), framing_(how) {}

    bool write(std::string_view bytes) override {
        if (left_out()) return false;
        if (bytes.empty()) return !failed_;
        written_ += bytes.size();
        if (framing_ != framing::chunked) return send({boost::asio::buffer(bytes)});
        chunk_size_line const line(bytes.size());
        return send({boost::asio::buffer(line.text()), boost::asio::buffer(bytes),
                     boost::asio::buffer("\r\n", 2)});
    }

    bool write(std::span<chunk_view const> chunks) override {
        if (left_out()) return false;
        if (chunks.size() == 1 && head_.empty()) return write_one(chunks.front());
        return write_many(chunks);
    }

    bool flush() override { return !left_out() && send_head(); }

    void leave_unfinished() noexcept override { unfinished_ = true; }
    /// Whether nothing can follow on the connection for that.
    bool unfinished() const noexcept { return unfinished_ && framing_ == framing::chunked; }

    /// Marks the end of the body, if it is to have one. False: the connection has failed.
    bool finish() {
        if (framing_ == framing::chunked && !unfinished_)
            return send({boost::asio::buffer("0\r\n\r\n", 5)});
        return send_head();
    }

    /// Bytes of the body so far.
    std::uint64_t written() const noexcept { return written_; }

    fibercast::peer& peer() noexcept override { return peer_; }

private:
    static constexpr std::size_t chunks_at_once = 16;

    /// Whether the response has no body: whatever wants to write one finds its output at the end,
    /// and so ends what it holds.
    bool left_out() const noexcept { return framing_ == framing::none; }

    bool send_head() {
        if (!head_.empty() && !failed_) send({});
        return !failed_;
    }

    std::string_view bytes_of(chunk_view const& it) const noexcept {
        return framing_ == framing::chunked ? it.framed() : it.payload();
    }

    /// What a broadcast does on each of very many connections: no arrays, few lines of stack.
    bool write_one(chunk_view const& only) {
        written_ += only.payload().size();
        boost::asio::const_buffer rest = boost::asio::buffer(bytes_of(only));
        while (rest.size() != 0 && !failed_) rest += write_some(rest);
        return !failed_;
    }

    [[gnu::noinline]] bool write_many(std::span<chunk_view const> chunks) {
        while (!chunks.empty() && !failed_) {
            auto const some = chunks.first(std::min(chunks.size(), chunks_at_once));
            chunks = chunks.subspan(some.size());
            std::array<boost::asio::const_buffer, 1 + chunks_at_once> buffers;
            std::size_t count = 1;  // the first place is the head's
            for (auto const& each : some) {
                written_ += each.payload().size();
                buffers[count++] = boost::asio::buffer(bytes_of(each));
            }
            send(std::span(buffers).first(count));
        }
        return !failed_;
    }

    [[gnu::noinline]] bool send(std::initializer_list<boost::asio::const_buffer> parts) {
        std::array<boost::asio::const_buffer, 4> buffers;
        std::copy(parts.begin(), parts.end(), buffers.begin() + 1);
        return send(std::span(buffers).first(1 + parts.size()));
    }

    /// Writes all of the buffers. The first is set to the head, if that has not left yet.
    bool send(std::span<boost::asio::const_buffer> buffers) {
        buffers[0] = boost::asio::buffer(head_);
        if (head_.empty()) buffers = buffers.subspan(1);
        while (!buffers.empty() && !failed_) {
            std::size_t taken = write_some(std::span<boost::asio::const_buffer const>(buffers));
            while (!buffers.empty() && taken >= buffers.front().size()) {
                taken -= buffers.front().size();
                buffers = buffers.subspan(1);
            }
            if (!buffers.empty()) buffers.front() += taken;
        }
        if (!head_.empty()) std::string().swap(head_);
        return !failed_;
    }

    /// Returns how many bytes the stream has taken; 0 when it has failed.
    template <typename Buffers>
    std::size_t write_some(Buffers const& buffers) {
        boost::system::error_code error;
        auto const taken = peer_.stream().write_some(buffers, error);
        if (error) failed_ = true;
        return taken;
    }

    stream_peer<Stream>& peer_;
    std::string head_;
    framing const framing_;
    bool failed_ = false;
    bool unfinished_ = false;
    std::uint64_t written_ = 0;
};

}  // namespace fibercast
