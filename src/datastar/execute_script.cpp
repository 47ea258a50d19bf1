#include <fibercast/datastar/execute_script.hpp>

#include "data_lines.hpp"

#include <fibercast/http/fields.hpp>

#include <algorithm>
#include <stdexcept>

namespace fibercast::datastar {
namespace {

/// What would end the element before its end tag, or hide that from the parser (the HTML standard's
/// "restrictions for contents of script elements").
bool breaks_out(std::string_view script) {
    for (auto at = script.find('<'); at != script.npos; at = script.find('<', at + 1)) {
        auto const rest = script.substr(at);
        if (rest.starts_with("<!--") || equal_ignoring_case(rest.substr(0, 8), "</script"))
            return true;
    }
    return false;
}

/// The standard allows more; nobody misses it.
bool is_attribute_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-_:.@").find(c) != std::string_view::npos;
    });
}

void append_escaped(std::string& to, std::string_view value) {
    for (char const c : value) {
        if (c == '&') {
            to += "&amp;";
        } else if (c == '"') {
            to += "&quot;";
        } else {
            to += c;
        }
    }
}

std::string start_tag(execute_script_options const& how) {
    std::string made = "<script";
    for (auto const& [name, value] : how.attributes) {
        if (!is_attribute_name(name))
            throw std::invalid_argument("the name of a script's attribute is none");
        made.append(" ").append(name).append("=\"");
        append_escaped(made, value);
        made += '"';
    }
    if (how.auto_remove) made += " data-effect=\"el.remove()\"";
    return made + '>';
}

}  // namespace

event execute_script(std::string_view script, execute_script_options const& how) {
    if (breaks_out(script))
        throw std::invalid_argument(R"(a script has </script or <!-- in it; write \x3C for the <)");
    data_lines lines;
    lines.add("selector", "body");
    lines.add("mode", "append");
    lines.add_text("elements", start_tag(how).append(script).append("</script>"));
    return std::move(lines).as("datastar-patch-elements", how.event_id, how.retry_duration);
}

}  // namespace fibercast::datastar
