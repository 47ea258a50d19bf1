#pragma once

#include <fibercast/http/request.hpp>
#include <fibercast/mercure/protocol.hpp>

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast::mercure {

/// How a matcher is to be understood. `*` is the same under each of them: all topics.
enum class match_type : unsigned char {
    exact,
    urlpattern,
    selector,  ///< Of the versions 0.x, where it has no name: a topic, or a URI Template.
};

/// In URLs and documents.
std::string_view name_of(match_type type) noexcept;
/// Nothing: no type has that name.
std::optional<match_type> match_type_named(std::string_view name) noexcept;

/// One matcher of a subscriber, as it was written. Not compiled yet.
struct wanted_matcher {
    match_type type;
    std::string text;

    auto operator<=>(wanted_matcher const&) const = default;
};

/// What a subscriber asks for (draft-dunglas-mercure-08, "Subscription").
struct wanted {
    std::vector<wanted_matcher> matchers;      ///< Each once, in the order in which they came.
    std::optional<std::string> last_event_id;  ///< Nothing: it did not say any.
};

inline constexpr std::size_t most_matchers = 100;
inline constexpr std::size_t longest_matcher = 1024;  ///< In bytes.

/// Reads the query and, of a request that is no GET, a form in the body: the union of both. Throws
/// `request_error`, with a sentence that is safe to print.
wanted read_wanted(request const& asked, protocol by = protocol::v1_0);

}  // namespace fibercast::mercure
