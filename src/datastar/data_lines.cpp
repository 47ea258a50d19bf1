#include "data_lines.hpp"

#include <fibercast/datastar/retry_duration.hpp>

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace fibercast::datastar {

void data_lines::add(std::string_view name, std::string_view value) {
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != value.npos)
        throw std::invalid_argument(fmt::format("{} must not contain CR, LF or NUL", name));
    append(name, value);
}

void data_lines::add_text(std::string_view name, std::string_view text) {
    for (;;) {
        auto const end = text.find_first_of("\r\n");
        append(name, text.substr(0, end));
        if (end == text.npos) return;
        text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
    }
}

event data_lines::as(char const* type, std::string const& id, std::chrono::milliseconds retry) && {
    auto made = event(std::move(text_)).type(type);
    if (!id.empty()) made.id(id);
    if (retry != default_retry_duration) made.retry(retry);
    return made;
}

void data_lines::append(std::string_view name, std::string_view line) {
    if (!text_.empty()) text_ += '\n';
    text_.append(name).append(" ").append(line);
}

}  // namespace fibercast::datastar
