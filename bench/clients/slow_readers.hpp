#pragma once

#include "clients/body_reader.hpp"
#include "clients/endpoint.hpp"
#include "clients/event_reader.hpp"
#include "process/unique_fd.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace bench {

/// What slow readers have missed, and what they were told of it; all of them together.
struct slow_reader_faults {
    std::uint64_t lost = 0;           ///< events that were left out between others
    std::uint64_t lost_silently = 0;  ///< of these, where no `fibercast.gap` came in between
    std::uint64_t gaps = 0;           ///< events `fibercast.gap`
};

/// A few SSE clients that read only when they are told to, with the smallest of buffers. Each
/// expects the messages 1, 2, 3, ... in order; one that comes twice or late is a `failure`.
class slow_readers {
public:
    /// Connects them, and returns when all have been answered. Nothing of that is read yet.
    slow_readers(endpoint const& target, int count, std::chrono::milliseconds timeout);
    slow_readers(slow_readers const&) = delete;
    ~slow_readers();

    /// So many messages have been published: each reads on, as far as there is something, until it
    /// has had this share of as many. They take turns: in each call some have one more to read.
    void keep_up_with(std::uint32_t published, double share);

    /// They hurry: returns when each has message `number`, or was cut off.
    void read_up_to(std::uint32_t number);

    std::uint64_t had() const;  ///< messages, all readers together
    slow_reader_faults const& faults() const noexcept { return faults_; }
    int cut_off() const noexcept { return cut_off_; }  ///< seen only by reading

private:
    struct reader {
        unique_fd socket;  // none: it was cut off
        body_reader body;
        event_reader events;
        std::uint32_t next = 1;   // the message that it expects
        std::uint64_t had = 0;    // messages
        bool gap_before = false;  // was announced, and no message came since
    };

    bool read_some(reader& self, std::size_t most);
    void count(reader& self, std::uint32_t number);
    void cut(reader& self);

    std::vector<reader> readers_;
    std::chrono::milliseconds timeout_;
    slow_reader_faults faults_;
    int cut_off_ = 0;
};

}  // namespace bench
