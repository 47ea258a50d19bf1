#pragma once

#include <fibercast/runtime/deadline.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace fibercast::app {

/// Text for a descriptor whose reader may be slow, stuck or gone. Nobody waits for that reader: a
/// thread of its own does the writing, and what it has no room for is dropped and counted.
///
/// Any thread or fiber.
class text_output {
public:
    /// Makes the text that is written once there is room, where `texts` of them are missing.
    using note = std::function<std::string(std::uint64_t texts)>;

    /// Keeps up to `capacity` bytes that are not written yet; a single longer text has room too.
    /// Throws `std::system_error` when there is no thread for it.
    text_output(int fd, std::size_t capacity, note missing);

    /// Waits a second for what is left to be written. The thread of a reader that is stuck is left
    /// behind: `write(2)` cannot be called off.
    ~text_output();
    text_output(text_output const&) = delete;
    text_output& operator=(text_output const&) = delete;

    void write(std::string_view text) noexcept;

    /// The same for who may wait a moment: what is short is written by the caller if the reader has
    /// room for it, which saves two changes of threads for each answer to a program that sends
    /// commands through a pipe.
    void write_here(std::string_view text) noexcept;

    /// Blocks until all is written or lost. False: the time was up.
    bool flush(deadline until);

    /// How many texts were dropped, or could not be written.
    std::uint64_t dropped() const;

private:
    struct state;

    std::shared_ptr<state> const state_;  // the thread's too: it may outlive this object
    std::thread thread_;
};

}  // namespace fibercast::app
