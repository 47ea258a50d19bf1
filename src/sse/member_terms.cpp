#include "member_terms.hpp"

namespace fibercast {

member_terms::member_terms(subscription const& wants, topic_index& in, windows& shared)
    : topics_(wants, in),
      rights_(wants.rights),
      tells_of_gaps_(wants.tell_of_gaps),
      expiry_(wants.ends_at != never ? std::make_unique<expiry>(wants.ends_at) : nullptr) {
    if (wants.coding != content_coding::identity) encoding_.emplace(wants.coding, shared);
}

/// Rights alone are none: what is private has topics.
bool member_terms::are_in(subscription const& wants) noexcept {
    return !wants.topics.empty() || !wants.exact_topics.empty() || !wants.matchers.empty() ||
           wants.ends_at != never || !wants.tell_of_gaps ||
           wants.coding != content_coding::identity;
}

void member_terms::begin(member& whose) noexcept {
    topics_.begin(whose);
    if (expiry_) expiry_->begin(whose);
}

}  // namespace fibercast
