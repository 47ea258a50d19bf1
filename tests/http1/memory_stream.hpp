#pragma once

#include "http1/stream.hpp"

#include <fibercast/testing/test_address.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A connection in memory: its peer sends scripted pieces, takes everything, and fails when the
/// test says so. Nothing suspends.
class memory_stream {
public:
    /// What comes after the last piece.
    enum class then {
        end,      ///< The peer has ended its side.
        silence,  ///< The peer waits for us: a read waits until its deadline passes.
    };

    /// Each piece is what one packet brings: a read gets no more than the rest of one.
    explicit memory_stream(std::vector<std::string> pieces, then last = then::end)
        : pieces_(std::move(pieces)), then_(last) {}
    explicit memory_stream(std::string_view input, then last = then::end)
        : memory_stream(std::vector<std::string>{std::string(input)}, last) {}

    template <typename MutableBuffers>
    std::size_t read_some(MutableBuffers const& buffers, boost::system::error_code& error) {
        if (failed(error)) return 0;
        skip_empty();
        if (next_ == pieces_.size()) {
            error = at_end();
            return 0;
        }
        auto const count =
            boost::asio::buffer_copy(buffers, boost::asio::buffer(pieces_[next_]) + taken_);
        taken_ += count;
        return count;
    }

    /// What would be waited for is there, or the deadline has passed; unless it `comes_late`.
    std::size_t try_read_some(boost::asio::mutable_buffer const& buffer,
                              boost::system::error_code& error) {
        skip_empty();
        if (late_ && taken_ == 0 && std::exchange(waited_for_, next_) != next_) {
            error = boost::asio::error::would_block;
            return 0;
        }
        return read_some(buffer, error);
    }
    void when_ready(fibercast::runnable* what) {
        if (what == nullptr) return;
        ++waits_;
        what->ready();
    }

    template <typename ConstBuffers>
    std::size_t write_some(ConstBuffers const& buffers, boost::system::error_code& error) {
        if (failed(error)) return 0;
        ++writes_;
        auto left = write_at_most_;
        auto const end = boost::asio::buffer_sequence_end(buffers);
        for (auto it = boost::asio::buffer_sequence_begin(buffers); it != end && left > 0; ++it) {
            boost::asio::const_buffer const each(*it);
            auto const count = std::min(left, each.size());
            output_.append(static_cast<char const*>(each.data()), count);
            left -= count;
        }
        return write_at_most_ - left;
    }

    void expires_at(fibercast::deadline until) { deadlines_.push_back(until); }

    void close_when_ended(fibercast::closable* target) {
        target_ = target;
        if (gone_ && target_ != nullptr) target_->close();
    }
    void linger(fibercast::deadline until, std::uint64_t most, std::chrono::milliseconds pause) {
        linger_pause_ = pause;
        deadlines_.push_back(until);
        linger_bytes_ = most;
    }
    void abort() { leave(); }
    bool waiting() const { return false; }
    bool read_shut_down() const { return false; }
    std::size_t unsent() const { return 0; }
    std::chrono::microseconds round_trip_time() const { return {}; }
    fibercast::socket_address peer() const noexcept { return fibercast::testing::test_address(); }

    // What the peer does and sees.

    /// The peer leaves: every later operation fails, and who watches for that is told.
    void leave() {
        gone_ = true;
        if (target_ != nullptr) target_->close();
    }
    /// The connection fails at its operation (a read or a write) number `count`, from 0 on.
    void fail_at(std::size_t count) { fail_at_ = count; }
    /// Each piece comes only after the connection has begun to wait for it. On a worker.
    void comes_late() { late_ = true; }
    /// How often it has waited without a fiber.
    std::size_t waits() const { return waits_; }
    /// The peer takes bytes in such portions.
    void take_at_most(std::size_t bytes) { write_at_most_ = bytes; }

    std::string const& output() const { return output_; }
    std::size_t operations() const { return operations_; }
    std::size_t writes() const { return writes_; }
    std::size_t pieces_left() const { return pieces_.size() - next_; }
    /// What it was allowed to send after the last answer; nothing if nobody waited for its end.
    std::optional<std::uint64_t> linger_bytes() const { return linger_bytes_; }
    std::chrono::milliseconds linger_pause() const { return linger_pause_; }
    bool watched() const { return target_ != nullptr; }
    /// Whether a read would have waited for the silent peer for ever.
    bool stuck() const { return stuck_; }
    /// The deadlines that were set, in order.
    std::vector<fibercast::deadline> const& deadlines() const { return deadlines_; }

private:
    void skip_empty() {
        while (next_ < pieces_.size() && taken_ == pieces_[next_].size()) {
            ++next_;
            taken_ = 0;
        }
    }

    bool failed(boost::system::error_code& error) {
        error = {};
        if (operations_++ >= fail_at_) leave();
        if (gone_) error = boost::asio::error::connection_reset;
        return gone_;
    }

    boost::system::error_code at_end() {
        if (then_ == then::end) return boost::asio::error::eof;
        if (deadlines_.empty() || deadlines_.back() == fibercast::never) stuck_ = true;
        return boost::asio::error::timed_out;
    }

    std::vector<std::string> pieces_;
    then const then_;
    std::size_t next_ = 0;   // the piece whose turn it is
    std::size_t taken_ = 0;  // of that piece
    bool late_ = false;
    std::size_t waited_for_ = std::numeric_limits<std::size_t>::max();  // that piece
    std::size_t waits_ = 0;
    std::string output_;
    std::size_t write_at_most_ = std::numeric_limits<std::size_t>::max();
    std::size_t fail_at_ = std::numeric_limits<std::size_t>::max();
    std::size_t operations_ = 0;
    std::size_t writes_ = 0;
    bool gone_ = false;
    std::optional<std::uint64_t> linger_bytes_;
    std::chrono::milliseconds linger_pause_{};
    bool stuck_ = false;
    fibercast::closable* target_ = nullptr;
    std::vector<fibercast::deadline> deadlines_;
};

static_assert(fibercast::stream<memory_stream>);
