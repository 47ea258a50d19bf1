#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// A blocking client on the loopback interface. Everything that takes as long as no test should
/// throws `std::runtime_error`, with what was received so far.
class tcp_client {
public:
    /// Connects. A `receive_buffer` bounds what the kernel takes for us while we do not read.
    explicit tcp_client(std::uint16_t port, int receive_buffer = 0);
    ~tcp_client();
    tcp_client(tcp_client&& other) noexcept;
    tcp_client& operator=(tcp_client&& other) noexcept;

    /// Sends all of it; false: the peer has closed.
    bool send(std::string_view bytes);

    /// Reads up to and including the first `mark`. The peer must not close before.
    std::string read_until(std::string_view mark);
    /// The same; what there was if the peer closes before.
    std::string read_until_or_end(std::string_view mark);
    /// Reads so many bytes. The peer must not close before.
    std::string read_bytes(std::size_t count);
    /// Reads until the peer ends the connection, in whatever way.
    std::string read_all();
    /// What has come, up to so many bytes; does not wait. Nothing: the peer has ended the
    /// connection, in whatever way.
    std::optional<std::string> read_available(std::size_t most);
    /// Whether the peer ends the connection within this time; what it sends until then is lost.
    bool ends_within(std::chrono::milliseconds time);

    /// Reads until the peer ends the connection; whether by a reset.
    bool is_reset();

    /// Says that we send no more, and can still receive.
    void shut_down_sending();
    /// Closes, with FIN.
    void close();
    /// Closes, with RST.
    void reset();

private:
    /// Waits for something to receive; false: the end.
    bool receive();
    std::string take(std::size_t count);

    int fd_;
    std::string received_;  // and not yet asked for
};
