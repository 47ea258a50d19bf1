#include <fibercast/sse/client.hpp>

#include "member.hpp"
#include "shard.hpp"
#include "stream_response.hpp"

#include <utility>

namespace fibercast {

client::client(shard& home, boost::intrusive_ptr<member> it) noexcept
    : member_(std::move(it)), home_(&home) {}

client::client(client&&) noexcept = default;

client::~client() {
    if (member_) member_->leave();
}

client_id client::id() const noexcept { return member_->id(); }

send_result client::send(event const& what, deadline until) {
    return home_->send(*member_, what, until);
}

void client::end() noexcept { member_->end(end_reason::finished); }

bool client::connected() const noexcept { return member_->connected(); }

content_coding client::coding() const noexcept { return member_->coding(); }

std::optional<std::string> client::begins_behind() const { return member_->begins_behind(); }

void client::when_ended(std::function<void(end_reason)> tell) {
    member_->when_ended(std::move(tell));
}

body_state write_ready(client& it, output& out, runnable& again) {
    return it.member_->write_ready(out, again);
}

response event_stream(client it) {
    auto const coding = it.coding();
    return stream_response(std::move(it), coding);
}

}  // namespace fibercast
