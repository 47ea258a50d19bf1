#pragma once

#include <fibercast/access/grant.hpp>
#include <fibercast/access/trusted_keys.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>

namespace fibercast {

/// Which tokens are good, by their hash: no token is kept. Any thread.
class grant_cache {
public:
    struct key {
        key(std::string_view token, token_role for_role);

        std::array<unsigned char, 32> hash;  ///< SHA-256
        token_role role;

        bool operator==(key const&) const = default;
    };

    using keys = std::shared_ptr<trusted_keys const>;
    using entry = std::shared_ptr<grant const>;

    explicit grant_cache(std::size_t most) noexcept : most_(most) {}

    /// Null when the token is not known, verified by other keys than these, or `now` is its `exp`.
    entry find(key const& of, keys const& by, std::chrono::sys_seconds now);
    /// What was verified by other keys is forgotten first; of the rest, what was unused longest.
    void keep(key const& of, keys const& by, entry it);

private:
    struct hash_of_key {
        std::size_t operator()(key const& it) const noexcept;
    };

    using places = std::list<std::pair<key, entry>>;

    void forget_unless(keys const& by, places& forgotten);

    std::size_t const most_;
    std::mutex mutex_;
    keys by_;        // what all were verified with
    places places_;  // used last comes first
    std::unordered_map<key, places::iterator, hash_of_key> index_;
};

}  // namespace fibercast
