#pragma once

#include "support/reader.hpp"
#include "support/unique_fd.hpp"

#include <cstdint>
#include <string_view>

namespace end_to_end {

inline constexpr std::string_view stream_request = "GET / HTTP/1.1\r\nHost: test\r\n\r\n";

/// A connection to 127.0.0.1 whose every byte the test decides.
class raw_client {
public:
    explicit raw_client(std::uint16_t port);

    void send(std::string_view text);
    reader& input() noexcept { return input_; }

    /// Closes so that the server is sent a reset.
    void reset();
    void close() noexcept { fd_.reset(); }

private:
    unique_fd fd_;
    reader input_;
};

/// Asks for the stream and never reads it.
raw_client never_reading(std::uint16_t port);

}  // namespace end_to_end
