#include <fibercast/sse/event.hpp>

#include <fmt/format.h>

#include <iterator>
#include <stdexcept>

namespace fibercast {
namespace {

std::string checked(std::string value, std::string_view field) {
    if (value.empty())
        throw std::invalid_argument(fmt::format("an event's {} must not be empty", field));
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
        throw std::invalid_argument(
            fmt::format("an event's {} must not contain CR, LF or NUL", field));
    }
    return value;
}

void append_line(std::string& to, std::string_view field, std::string_view value) {
    to.append(field).append(": ").append(value).append("\n");
}

/// One field for each line. A client takes CR alone for a line end as well, so an event that left
/// it in would let data start a field of its own.
void append_data(std::string& to, std::string_view data) {
    for (;;) {
        auto const end = data.find_first_of("\r\n");
        append_line(to, "data", data.substr(0, end));
        if (end == std::string_view::npos) return;
        data.remove_prefix(end + (data.substr(end).starts_with("\r\n") ? 2 : 1));
    }
}

}  // namespace

event& event::id(std::string id) & {
    id_ = checked(std::move(id), "id");
    return *this;
}

event& event::type(std::string type) & {
    type_ = checked(std::move(type), "type");
    return *this;
}

event& event::retry(std::chrono::milliseconds delay) & {
    if (delay.count() < 0) throw std::invalid_argument("an event's retry must not be negative");
    retry_ = delay;
    return *this;
}

std::string event::encode() const {
    std::string text;
    text.reserve(data_.size() + id_.size() + type_.size() + 48);
    if (!type_.empty()) append_line(text, "event", type_);
    if (!id_.empty()) append_line(text, "id", id_);
    if (retry_) append_line(text, "retry", fmt::to_string(retry_->count()));
    append_data(text, data_);
    text += '\n';
    return text;
}

}  // namespace fibercast
