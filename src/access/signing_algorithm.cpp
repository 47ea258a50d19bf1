#include <fibercast/access/signing_algorithm.hpp>

#include <array>

namespace fibercast {
namespace {

struct entry {
    signing_algorithm algorithm;
    std::string_view name;
    std::size_t shortest_secret;
};

// In the order of the enumerators.
constexpr std::array<entry, 7> all = {{
    {signing_algorithm::hs256, "HS256", 32},
    {signing_algorithm::hs384, "HS384", 48},
    {signing_algorithm::hs512, "HS512", 64},
    {signing_algorithm::rs256, "RS256", 0},
    {signing_algorithm::ps256, "PS256", 0},
    {signing_algorithm::es256, "ES256", 0},
    {signing_algorithm::eddsa, "EdDSA", 0},
}};

entry const& entry_of(signing_algorithm algorithm) noexcept {
    return all[static_cast<std::size_t>(algorithm)];
}

}  // namespace

std::optional<signing_algorithm> signing_algorithm_named(std::string_view name) noexcept {
    for (auto const& each : all) {
        if (each.name == name) return each.algorithm;
    }
    return std::nullopt;
}

std::string_view name_of(signing_algorithm algorithm) noexcept { return entry_of(algorithm).name; }

std::size_t shortest_secret(signing_algorithm algorithm) noexcept {
    return entry_of(algorithm).shortest_secret;
}

}  // namespace fibercast
