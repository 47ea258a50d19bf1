#pragma once

#include "line_stream.hpp"

#include <fibercast/sse/hub.hpp>

#include <memory>
#include <optional>
#include <string>

namespace fibercast::app {

/// What another client is written.
class client_stream final : public line_stream {
public:
    /// Null: there is no such client. Throws `std::system_error`.
    static std::unique_ptr<client_stream> of(hub& clients, client_id whom);

    ~client_stream() override;
    client_stream(client_stream const&) = delete;
    client_stream& operator=(client_stream const&) = delete;

    int native_handle() const noexcept override { return fd_; }
    std::optional<std::string> read() override;

private:
    explicit client_stream(client_id whom);

    client_id const whom_;
    int const fd_;
    std::shared_ptr<client_tap> const tap_;
    bool ended_ = false;
};

}  // namespace fibercast::app
