// Whatever is a pattern, and whatever it is held against: a canonical URL is read as itself, and
// what matches begins with the pattern's literal prefix.

#include <fibercast/url/url_pattern.hpp>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace {

using fibercast::parse_url;
using fibercast::url;

std::optional<url> canonical(std::string_view text, url const& base) {
    auto const parsed = parse_url(text, &base);
    if (!parsed) return std::nullopt;
    auto const again = parse_url(parsed->href());
    if (!again || *again != *parsed) std::abort();
    return parsed;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    static url const base = *parse_url("https://hub.example.com/.well-known/mercure");
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    auto const border = std::min(input.find('\n'), input.size());
    auto const topic = canonical(input.substr(std::min(border + 1, input.size())), base);
    if (topic) static_cast<void>(topic->plain_path());
    try {
        fibercast::url_pattern const pattern(input.substr(0, border), base);
        if (topic && pattern.matches(*topic) &&
            !topic->location().starts_with(pattern.literal_prefix()))
            std::abort();
    } catch (std::invalid_argument const&) {  // as documented
    }
    return 0;
}
