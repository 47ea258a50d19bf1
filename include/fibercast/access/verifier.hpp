#pragma once

#include <fibercast/access/access_refusal.hpp>
#include <fibercast/access/grant.hpp>
#include <fibercast/access/key_ring.hpp>
#include <fibercast/access/token_rules.hpp>
#include <fibercast/api.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace fibercast {

struct verifier_options {
    token_rules rules = {};
    /// What relative topics and patterns are relative to: an absolute URL.
    std::string hub_url;
    /// Told to who is refused, see `access_refusal`.
    std::string resource_metadata = {};
    /// Tokens that are remembered, so that each is verified once; 0: none is.
    std::size_t remembered = 10'000;
    /// Now; a test has another.
    std::function<std::chrono::system_clock::time_point()> clock = std::chrono::system_clock::now;
};

/// What a verifier has done.
struct verifier_stats {
    std::uint64_t signature_checks = 0;
    std::uint64_t remembered = 0;  ///< Tokens that were known.
    std::uint64_t refused = 0;
};

/// Turns tokens into grants. Any thread; nothing suspends. A verification takes some tens of
/// microseconds, of a token that is remembered one hash.
///
/// Which tokens are good is remembered by their SHA-256, never past their `exp`, and forgotten when
/// the keys are replaced; the one longest unused goes first. Those who bring the same one at the
/// same moment may each have it verified. Why one is not good is at debug in the log, and told to
/// nobody; no part of a token is ever logged.
class FIBERCAST_API verifier {
public:
    /// Throws `std::invalid_argument` when a setting makes no sense. The keys are never null.
    verifier(std::shared_ptr<key_ring const> keys, verifier_options settings);
    ~verifier();
    verifier(verifier const&) = delete;
    verifier& operator=(verifier const&) = delete;

    /// The grant is never null. Throws `std::bad_alloc`.
    std::variant<std::shared_ptr<grant const>, access_refusal> verify(std::string_view token,
                                                                      token_role role) const;

    /// A refusal as this verifier's: for `insufficient_scope`, which the caller finds.
    access_refusal refusal(access_error error) const;

    /// What relative topics are relative to.
    url const& hub_url() const noexcept;
    /// Our own resource identifier, see `token_rules`.
    std::string const& audience() const noexcept;

    verifier_stats stats() const;

private:
    class FIBERCAST_HIDDEN state;
    std::unique_ptr<state> state_;
};

}  // namespace fibercast
