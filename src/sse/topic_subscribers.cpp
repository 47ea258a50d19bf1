#include "topic_subscribers.hpp"

#include <memory>
#include <string_view>

namespace fibercast {
namespace {

/// The same key, of another text.
topic_key key_in(std::string_view text, topic_key const& like) noexcept {
    return {text.substr(0, like.text.size()), like.reach, like.hash};
}

}  // namespace

// What a key says of its topic or pattern begins where that begins.
topic_subscribers::topic_subscribers(topic_wish const& to)
    : text_(to.text),
      key_(key_in(text_, to.key)),
      matched_(to.matcher ? std::make_unique<matcher_place>(to.matcher, *this) : nullptr) {}

}  // namespace fibercast
