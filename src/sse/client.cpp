#include <fibercast/sse/client.hpp>

#include "member.hpp"

namespace fibercast {

client::client(boost::intrusive_ptr<member> it) noexcept : member_(std::move(it)) {}

client::client(client&&) noexcept = default;

client::~client() {
    if (member_) member_->close();
}

client_id client::id() const noexcept { return member_->id(); }

bool client::send(event const& what) {
    if (member_->would_wait_for_itself()) return false;
    return member_->push(chunk::make(what.encode()), member::clock::now()) == push_result::taken;
}

bool client::connected() const noexcept { return member_->connected(); }

void write_body(client& it, output& out) { it.member_->write_to(out); }

response event_stream(client it) {
    return response(status::ok, std::move(it))
        .header("Content-Type", "text/event-stream")
        // No cache may hold it, no proxy may compress it, nginx may not collect it.
        .header("Cache-Control", "no-cache, no-store, no-transform")
        .header("X-Accel-Buffering", "no");
}

}  // namespace fibercast
