#include "grant_cache.hpp"

#include <openssl/evp.h>

#include <cstring>
#include <new>
#include <utility>

namespace fibercast {

grant_cache::key::key(std::string_view token, token_role for_role) : role(for_role) {
    if (EVP_Digest(token.data(), token.size(), hash.data(), nullptr, EVP_sha256(), nullptr) != 1)
        throw std::bad_alloc();
}

std::size_t grant_cache::hash_of_key::operator()(key const& it) const noexcept {
    std::size_t value;
    std::memcpy(&value, it.hash.data(), sizeof value);
    return value;
}

void grant_cache::forget_unless(keys const& by, places& forgotten) {
    if (by_ == by) return;
    index_.clear();
    places_.swap(forgotten);
    by_ = by;
}

grant_cache::entry grant_cache::find(key const& of, keys const& by, std::chrono::sys_seconds now) {
    places forgotten;  // destroyed after the lock
    std::lock_guard const lock(mutex_);
    forget_unless(by, forgotten);
    auto const found = index_.find(of);
    if (found == index_.end()) return nullptr;
    auto const place = found->second;
    if (auto const end = place->second->expires; end && now >= *end) {
        forgotten.splice(forgotten.begin(), places_, place);
        index_.erase(found);
        return nullptr;
    }
    places_.splice(places_.begin(), places_, place);
    return place->second;
}

void grant_cache::keep(key const& of, keys const& by, entry it) {
    places made, forgotten;
    if (most_ == 0) return;
    made.emplace_front(of, std::move(it));
    std::lock_guard const lock(mutex_);
    forget_unless(by, forgotten);
    // Another worker may have had the same token at the same time.
    if (!index_.try_emplace(of, made.begin()).second) return;
    places_.splice(places_.begin(), made);
    if (places_.size() <= most_) return;
    auto const last = std::prev(places_.end());
    index_.erase(last->first);
    forgotten.splice(forgotten.begin(), places_, last);
}

}  // namespace fibercast
