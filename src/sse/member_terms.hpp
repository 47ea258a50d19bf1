#pragma once

#include "coding/encoded_stream.hpp"
#include "coding/windows.hpp"
#include "expiry.hpp"
#include "member_topics.hpp"
#include "topic_set.hpp"

#include <fibercast/sse/end_reason.hpp>
#include <fibercast/sse/reader_rights.hpp>
#include <fibercast/sse/subscription.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace fibercast {

/// What a member has agreed upon with the hub besides the general stream. Most have agreed upon
/// nothing, and have none: what is asked for by few belongs here, and not into `member`.
class member_terms {
public:
    /// In the index; before anything suspends, `begin` says whose they are. Throws as `member_topics`.
    member_terms(subscription const& wants, topic_index& in, windows& shared);

    /// Whether a subscription wants any.
    static bool are_in(subscription const& wants) noexcept;

    void begin(member& whose) noexcept;
    /// It has left the hub. Its time goes on: the stream may have something left to write.
    void leave() noexcept { topics_.leave(); }

    void when_ended(std::function<void(end_reason)> tell) noexcept { ended_ = std::move(tell); }
    /// Tells whoever waits for the end, once.
    void tell(end_reason why) noexcept {
        if (auto const told = std::exchange(ended_, nullptr)) told(why);
    }

    /// See `subscription::tell_of_gaps`.
    bool tells_of_gaps() const noexcept { return tells_of_gaps_; }

    member_topics const& topics() const noexcept { return topics_; }

    /// Asks its rights.
    bool may_read(topic_set const& about) const noexcept {
        return !about.is_private() || (rights_ && rights_->may_read(about.topics()));
    }
    std::shared_ptr<reader_rights const> const& rights() const noexcept { return rights_; }

    /// How its stream is compressed; null: it is not.
    encoded_stream* encoding() noexcept { return encoding_ ? &*encoding_ : nullptr; }

private:
    member_topics topics_;
    std::shared_ptr<reader_rights const> const rights_;
    bool const tells_of_gaps_;
    std::unique_ptr<expiry> const expiry_;  // null: it ends at no time
    std::optional<encoded_stream> encoding_;
    std::function<void(end_reason)> ended_;
};

}  // namespace fibercast
