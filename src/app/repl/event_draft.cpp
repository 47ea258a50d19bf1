#include "event_draft.hpp"

#include "app/text/number.hpp"
#include "flags.hpp"
#include "http/escape.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace fibercast::app {
namespace {

constexpr std::int64_t longest_retry = 24 * 3'600'000;

std::string unescaped(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    while (!text.empty()) {
        bool const line_end = text.starts_with("\\n");
        bool const escape = line_end || text.starts_with("\\\\");
        plain += line_end ? '\n' : text.front();
        text.remove_prefix(escape ? 2 : 1);
    }
    return plain;
}

}  // namespace

std::optional<commands::mistake> event_draft::take_flags(std::string_view& rest) {
    while (!ended_ && rest.starts_with("--")) {
        auto const found = take_flag(rest, *find_command(command_));
        if (auto const* const wrong = std::get_if<commands::mistake>(&found)) return *wrong;
        auto const& [name, value] = std::get<flag>(found);
        if (name == end_of_flags) ended_ = true;
        if (name == "--event") type_ = value;
        if (name == "--id") id_ = value;
        if (name != "--retry") continue;
        if (auto wrong = set_retry(value)) return wrong;
    }
    return std::nullopt;
}

std::optional<commands::mistake> event_draft::set_retry(std::string_view value) {
    auto const number = parse_number<std::int64_t>(value, 0, longest_retry);
    if (!number)
        return commands::mistake{fmt::format("--retry {} is no number of milliseconds from 0 to {}",
                                             in_quotes(value), longest_retry)};
    retry_ = std::chrono::milliseconds(*number);
    return std::nullopt;
}

std::variant<event, commands::mistake> event_draft::with(std::string_view text) const {
    try {
        event made(unescaped(text));
        if (type_) made.type(*type_);
        if (id_) made.id(*id_);
        if (retry_) made.retry(*retry_);
        return made;
    } catch (std::invalid_argument const& wrong) {
        return commands::mistake{wrong.what()};
    }
}

}  // namespace fibercast::app
