#pragma once

#include <fibercast/api.hpp>
#include <fibercast/net/detail/descriptor.hpp>
#include <fibercast/runtime/socket_address.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include <sys/uio.h>

namespace fibercast {

/// A connected TCP socket whose reads and writes suspend the fiber and not the thread.
///
/// A model of Asio's and Beast's SyncReadStream and SyncWriteStream, so their synchronous
/// algorithms run on it. Belongs to one worker and, for reading and writing, to one fiber.
class FIBERCAST_API socket {
public:
    /// Owns `fd`, a connected non-blocking socket. On the worker that is to use it.
    explicit socket(int fd) : descriptor_(fd) {}

    /// Reads and writes that start from now on fail with `asio::error::timed_out` when they would
    /// wait past `until`.
    void expires_at(deadline until) noexcept { deadline_ = until; }

    /// Suspends until there is something to read; at the end of the peer's data,
    /// `asio::error::eof`.
    template <typename MutableBuffers>
    std::size_t read_some(MutableBuffers const& buffers, boost::system::error_code& error) {
        vectors const all(buffers);
        return receive(all.data(), all.size(), error);
    }

    /// Reads what has arrived, and never suspends; when nothing has, `asio::error::would_block`, and
    /// then `when_ready` makes sense.
    std::size_t try_read_some(boost::asio::mutable_buffer const& buffer,
                              boost::system::error_code& error);
    /// Makes `what` ready, once, when there may be something to read. Null ends that.
    void when_ready(runnable* what) noexcept { descriptor_.when_ready(what); }

    /// Suspends until the kernel has taken some of the bytes. A peer that does not take them until
    /// the deadline, or takes none for as long as `tcp_options::user_timeout`, is given up: closing
    /// then resets the connection.
    template <typename ConstBuffers>
    std::size_t write_some(ConstBuffers const& buffers, boost::system::error_code& error) {
        vectors const all(buffers);
        return send(all.data(), all.size(), error);
    }
    std::size_t write_some(boost::asio::const_buffer const& buffer,
                           boost::system::error_code& error) {
        iovec const only{const_cast<void*>(buffer.data()), buffer.size()};
        return send(&only, 1, error);
    }

    /// The forms that throw; the concepts ask for them.
    template <typename MutableBuffers>
    std::size_t read_some(MutableBuffers const& buffers) {
        boost::system::error_code error;
        auto const count = read_some(buffers, error);
        if (error) throw boost::system::system_error(error);
        return count;
    }
    template <typename ConstBuffers>
    std::size_t write_some(ConstBuffers const& buffers) {
        boost::system::error_code error;
        auto const count = write_some(buffers, error);
        if (error) throw boost::system::system_error(error);
        return count;
    }

    /// See `descriptor::close_when_ended`.
    void close_when_ended(closable* target) noexcept { descriptor_.close_when_ended(target); }

    /// Ends reading: what has arrived can still be read, then comes the end. Whoever waits for the
    /// peer's end is told, as if the peer had ended. Never suspends.
    void shutdown_read() noexcept;
    /// Whether that was done.
    bool read_shut_down() const noexcept { return read_shut_down_; }
    /// Tells the peer that no more data comes. Never suspends.
    void shutdown_write() noexcept;
    /// Does that, and suspends until the peer has ended its side, the deadline has passed or `most`
    /// bytes have come, which nobody sees: the way to close that lets the peer read what it was
    /// sent last. Input that is unread at the close makes the kernel reset the connection, and the
    /// reset overtakes what is still on its way. Before the end the line is quiet for `pause`, so
    /// that what was sent last does not come together with it.
    void linger(deadline until, std::uint64_t most, std::chrono::milliseconds pause = {});
    /// Whether a fiber is at that: all is said.
    bool lingering() const noexcept { return lingering_; }
    /// Ends that now; what was sent is still delivered. Never suspends.
    void end_lingering() noexcept;
    /// Ends both sides at once; a waiting fiber wakes up with an error. Closing then resets the
    /// connection and drops what the peer has not taken. Never suspends.
    void abort() noexcept;

    /// Whether a fiber waits on this socket now.
    bool waiting() const noexcept { return descriptor_.waiting(); }

    /// Bytes that were written and that the peer has not acknowledged.
    std::size_t unsent() const noexcept;

    /// How long the peer takes to acknowledge, as the kernel has measured and smoothed it. Zero: it
    /// has not.
    std::chrono::microseconds round_trip_time() const noexcept;

    /// The peer's address and port; unknown when it is gone.
    socket_address peer() const noexcept;

private:
    /// A buffer sequence as the kernel wants it. What does not fit is left for the next call.
    class vectors {
    public:
        template <typename Buffers>
        explicit vectors(Buffers const& buffers) {
            auto const end = boost::asio::buffer_sequence_end(buffers);
            for (auto it = boost::asio::buffer_sequence_begin(buffers);
                 it != end && size_ < all_.size(); ++it) {
                boost::asio::const_buffer const each(*it);
                if (each.size() != 0) all_[size_++] = {const_cast<void*>(each.data()), each.size()};
            }
        }
        iovec const* data() const noexcept { return all_.data(); }
        std::size_t size() const noexcept { return size_; }

    private:
        std::array<iovec, 32> all_;
        std::size_t size_ = 0;
    };

    std::size_t receive(iovec const* buffers, std::size_t count, boost::system::error_code& error);
    std::size_t send(iovec const* buffers, std::size_t count, boost::system::error_code& error);

    class FIBERCAST_HIDDEN patience;

    void take_turns();
    void reset_when_closed() noexcept;

    descriptor descriptor_;
    deadline deadline_ = never;
    int user_timeout_ms_ = -1;  // while it is ours to watch, and not the kernel's; 0: none
    unsigned operations_ = 0;
    bool read_shut_down_ = false;
    bool lingering_ = false;
};

}  // namespace fibercast
