#include "member.hpp"

#include "shard.hpp"

#include <fibercast/http/detail/channel_writer.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

namespace fibercast {

push_result member::push(chunk_ptr const& what, clock::time_point now) {
    auto result = queue_.try_push(what);
    if (result == push_result::full) result = overflowed(what);
    if (result == push_result::taken) last_event_ = now;
    return result;
}

push_result member::overflowed(chunk_ptr const& what) {
    boost::intrusive_ptr<member> const alive(this);  // it may leave while we are suspended
    if (queue_.policy() == overflow::block) return queue_.push(what);
    if (!stalled()) {
        // Not slow: its fiber was woken and has not had its turn. A full channel then says nothing.
        yield();
        if (auto const result = queue_.try_push(what); result != push_result::full) return result;
    }
    // Not the channel's affair: it would count places, and one may hold several events.
    switch (queue_.policy()) {
    case overflow::drop_oldest: {
        chunk_ptr oldest;
        if (queue_.try_pop(oldest)) home_->count_dropped(oldest->parts());
        return queue_.try_push(what);
    }
    case overflow::drop_newest: home_->count_dropped(what->parts()); return push_result::dropped;
    case overflow::disconnect:
    case overflow::block: break;
    }
    if (connected()) {
        home_->count_slow();
        disconnect();
    }
    return push_result::closed;
}

bool member::keep_alive(chunk_ptr const& comment, clock::time_point now, clock::duration span) {
    if (out_ == nullptr || now - last_event_ < span || !queue_.empty() || stalled()) return false;
    last_event_ = now;
    return queue_.try_push(comment) == push_result::taken;
}

void member::write_to(output& out) {
    out_ = &out;
    {
        close_watch const watch(out.peer(), *this);
        channel_writer drain(queue_, out);
        fiber_ = fiber_footprint::here();
        while (auto const events = drain.write_next()) {
            sent_ += events;
            home_->count_sent(events);
        }
    }
    fiber_ = {};
    out_ = nullptr;
    close();
}

void member::close() noexcept {
    queue_.close();
    home_->leave(*this);
}

void member::disconnect() noexcept {
    close();
    if (out_ != nullptr) out_->peer().abort();
}

client_info member::info() const {
    client_info info;
    info.id = id_;
    info.peer = out_ != nullptr ? out_->peer().address().text() : "-";
    info.connected = clock::now() - joined_;
    info.sent = sent_;
    info.queued = queue_.size();
    info.unsent = out_ != nullptr ? out_->peer().unsent() : 0;
    info.stalled = stalled();
    return info;
}

}  // namespace fibercast
