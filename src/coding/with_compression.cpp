#include <fibercast/coding/with_compression.hpp>

#include "compressed_body.hpp"
#include "http/media_type.hpp"

#include <fibercast/http/fields.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast {
namespace {

using namespace std::string_view_literals;

/// What is text, and not compressed by itself.
bool is_compressible(std::string_view type) noexcept {
    constexpr std::array others = {"application/json"sv, "application/javascript"sv,
                                   "application/xml"sv};
    return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
           std::find(others.begin(), others.end(), type) != others.end();
}

bool may_be_compressed(response const& made, std::size_t least) {
    if (made.status() == status::no_content || made.status() == status::not_modified) return false;
    if (made.fields().count("Content-Encoding") != 0 || made.fields().count("Content-Range") != 0)
        return false;
    auto const size = made.body().size();
    return (!size || *size >= least) &&
           is_compressible(media_type_in(made.fields().find("Content-Type").value_or("")));
}

/// Whoever has it says that it stands for the same bytes, which it no longer does (RFC 9110, section
/// 8.8.3.3).
void weaken_tag(response& made) {
    auto const tag = made.fields().find("ETag");
    if (tag && !tag->starts_with("W/")) made.set("ETag", "W/" + std::string(*tag));
}

}  // namespace

handler with_compression(compression_options settings, handler inner) {
    return [settings = std::move(settings), inner = std::move(inner)](request const& asked) {
        auto made = inner(asked);
        if (!may_be_compressed(made, settings.least_bytes)) return made;
        made.header("Vary", "Accept-Encoding");
        auto const coding = accepted_coding(asked, settings.codings);
        if (coding == content_coding::identity) return made;
        weaken_tag(made);
        made.header("Content-Encoding", name_of(coding));
        made.body() = compressed_body(coding, std::move(made.body()));
        return made;
    };
}

}  // namespace fibercast
