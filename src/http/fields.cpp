#include <fibercast/http/fields.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace fibercast {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// For each character whether it is one of a token, and of a field's value.
struct character_classes {
    std::array<bool, 256> token{};
    std::array<bool, 256> value{};

    constexpr character_classes() noexcept {
        constexpr std::string_view others = "!#$%&'*+-.^_`|~";
        for (std::size_t c = 0; c < 256; ++c) {
            token[c] = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       others.find(static_cast<char>(c)) != others.npos;
            value[c] = c == '\t' || (c >= 0x20 && c != 0x7f);
        }
    }
};

constexpr character_classes classes;

bool all_in(std::array<bool, 256> const& allowed, std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [&](unsigned char c) { return allowed[c]; });
}

auto named(std::string_view name) noexcept {
    return [name](field const& it) { return equal_ignoring_case(it.name, name); };
}

void check(std::string_view name, std::string_view value) {
    if (!is_token(name)) throw std::invalid_argument("not a header field's name");
    if (!all_in(classes.value, value))
        throw std::invalid_argument("a header field's value must not have control characters");
}

}  // namespace

bool equal_ignoring_case(std::string_view one, std::string_view other) noexcept {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

bool is_token(std::string_view text) noexcept {
    return !text.empty() && all_in(classes.token, text);
}

void fields::add(std::string_view name, std::string_view value) {
    check(name, value);
    if (all_.empty()) all_.reserve(4);  // as many as most responses have
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
