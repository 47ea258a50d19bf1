#include <fibercast/http/fields.hpp>

#include <algorithm>
#include <stdexcept>

namespace fibercast {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_field_value(std::string_view value) noexcept {
    return std::none_of(value.begin(), value.end(),
                        [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

auto named(std::string_view name) noexcept {
    return [name](field const& it) { return equal_ignoring_case(it.name, name); };
}

void check(std::string_view name, std::string_view value) {
    if (!is_token(name)) throw std::invalid_argument("not a header field's name");
    if (!is_field_value(value))
        throw std::invalid_argument("a header field's value must not have control characters");
}

}  // namespace

bool equal_ignoring_case(std::string_view one, std::string_view other) noexcept {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

bool is_token(std::string_view text) noexcept {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
               others.find(c) != others.npos;
    });
}

void fields::add(std::string_view name, std::string_view value) {
    check(name, value);
    all_.push_back({std::string(name), std::string(value)});
}

void fields::set(std::string_view name, std::string_view value) {
    check(name, value);
    auto const first = std::find_if(all_.begin(), all_.end(), named(name));
    if (first == all_.end()) return add(name, value);
    first->value = value;
    all_.erase(std::remove_if(first + 1, all_.end(), named(name)), all_.end());
}

void fields::erase(std::string_view name) noexcept { std::erase_if(all_, named(name)); }

std::optional<std::string_view> fields::find(std::string_view name) const noexcept {
    auto const first = std::find_if(all_.begin(), all_.end(), named(name));
    if (first == all_.end()) return std::nullopt;
    return first->value;
}

std::size_t fields::count(std::string_view name) const noexcept {
    return static_cast<std::size_t>(std::count_if(all_.begin(), all_.end(), named(name)));
}

}  // namespace fibercast
