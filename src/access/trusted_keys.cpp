#include <fibercast/access/trusted_keys.hpp>

#include <algorithm>
#include <utility>

namespace fibercast {

void trusted_keys::add(std::string_view issuer_id, trusted_key key) {
    auto const found = std::find_if(issuers.begin(), issuers.end(),
                                    [&](auto const& each) { return each.id == issuer_id; });
    if (found != issuers.end())
        found->keys.push_back(std::move(key));
    else
        issuers.push_back({std::string(issuer_id), {std::move(key)}});
}

issuer const* trusted_keys::find(std::string_view issuer_id) const noexcept {
    for (auto const& each : issuers) {
        if (each.id == issuer_id) return &each;
    }
    return nullptr;
}

}  // namespace fibercast
