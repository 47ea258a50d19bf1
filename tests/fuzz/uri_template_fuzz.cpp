// Whatever is a URI Template, and whatever it is held against: what matches begins with its literal
// prefix, and what a plain expander makes of it by any values matches.

#include <fibercast/url/uri_template.hpp>

#include "url/template_expander.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

/// The same for all variables: nothing is known of their names.
template_values same_for_all(std::string_view text, template_value const& value) {
    template_values made;
    for (std::size_t at = 0; (at = text.find_first_of("{,+#./;?&", at)) != text.npos; ++at) {
        auto const rest = text.substr(at + 1);
        made.emplace(rest.substr(0, rest.find_first_of(":*,}")), value);
    }
    return made;
}

void check(fibercast::uri_template const& it, std::string_view text, std::string_view topic) {
    if (it.matches(topic) && !topic.starts_with(it.literal_prefix())) std::abort();
    std::string const value(topic);
    if (!it.matches(expanded(text, same_for_all(text, value)))) std::abort();
    if (text.find(':') != text.npos) return;  // a prefix is of strings only
    auto const half = value.substr(value.size() / 2);
    if (!it.matches(expanded(text, same_for_all(text, template_list{value, half})))) std::abort();
    template_pairs const pairs = {{value, half}, {half, ""}};
    if (!it.matches(expanded(text, same_for_all(text, pairs)))) std::abort();
}

}  // namespace

/// A template, a line feed, and a topic, which is a value too.
extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    auto const border = std::min(input.find('\n'), input.size());
    auto const text = input.substr(0, border);
    auto const topic = input.substr(std::min(border + 1, input.size()));
    bool const well_formed = fibercast::uri_template::is_well_formed(text);
    try {
        fibercast::uri_template const it(text);
        if (!well_formed) std::abort();
        check(it, text, topic);
    } catch (std::invalid_argument const&) {  // as documented
    }
    return 0;
}
