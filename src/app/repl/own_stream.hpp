#pragma once

#include "line_stream.hpp"

#include <fibercast/runtime/socket_address.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace fibercast::app {

/// The stream of a client of this server, as any other client has it.
class own_stream final : public line_stream {
public:
    /// Asks the server at `at` for the events of a topic or pattern. Throws `std::system_error`.
    own_stream(socket_address const& at, std::string_view topic);
    ~own_stream() override;
    own_stream(own_stream const&) = delete;
    own_stream& operator=(own_stream const&) = delete;

    int native_handle() const noexcept override { return fd_; }
    std::optional<std::string> read() override;

private:
    int fd_;
    std::string received_;  // the beginning of a line, or of the head
    bool in_head_ = true;
};

}  // namespace fibercast::app
