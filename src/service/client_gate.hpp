#pragma once

#include <fibercast/coding/content_coding.hpp>
#include <fibercast/http/address_limit.hpp>
#include <fibercast/http/request.hpp>
#include <fibercast/http/response.hpp>
#include <fibercast/service/subscribing.hpp>
#include <fibercast/sse/hub.hpp>

#include <functional>
#include <memory>

namespace fibercast {

/// Lets clients in as long as there is room for them. Any worker, several at once. The hub must
/// outlive it.
class client_gate {
public:
    client_gate(hub& clients, subscribe_options settings);

    /// The stream that `join` makes, which is seen to be of whom its proxy asks for, and has the
    /// place of its address for as long as it is there. Without room `join` is not called, and the
    /// answer is `busy`; nor is it for HEAD, which gets the head of a stream.
    response let_in(request const& asked, std::function<response()> const& join) const;

    /// How that stream is to be compressed.
    content_coding coding_for(request const& asked) const noexcept {
        return accepted_coding(asked, settings_.codings);
    }

    subscribe_options const& settings() const noexcept { return settings_; }

private:
    bool is_full() const;
    response stream_for(request const& asked, std::function<response()> const& join) const;
    response seen_as(socket_address const& from, request const& asked, response stream) const;

    hub& clients_;
    subscribe_options const settings_;
    std::shared_ptr<address_limit> const limit_;  // null: none
};

}  // namespace fibercast
