#include <fibercast/url/uri_template.hpp>

#include "bounded_regexp.hpp"
#include "plain_variables.hpp"
#include "template_parts.hpp"
#include "template_regexp.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace fibercast {
namespace {

/// 32 variables of one expression, each of which may be missing, take about 1,900.
constexpr int longest_program = 2000;

std::string regexp_of(std::vector<template_part> const& parts) {
    std::string made;
    for (auto const& each : parts)
        made += regexp_of(each) + bounded_regexp::quoted(each.literal_behind);
    return made;
}

/// Before it is made into an expression, which takes as much time as it is long.
void check_variables(std::vector<template_part> const& parts) {
    std::size_t variables = 0;
    for (auto const& each : parts) variables += each.variables.size();
    if (variables > uri_template::most_variables)
        throw std::invalid_argument("a URI template with too many variables");
}

}  // namespace

class uri_template::compiled {
public:
    explicit compiled(template_parts const& it)
        : beginning_(it.beginning), plain_(plain_variables::of(it.parts)) {
        if (!plain_) regexp_.emplace(regexp_of(it.parts), longest_program);
    }

    bool matches(std::string_view text) const {
        if (!text.starts_with(beginning_)) return false;
        text.remove_prefix(beginning_.size());
        return plain_ ? plain_->matches(text) : regexp_->matches(text);
    }

    std::string const& beginning() const noexcept { return beginning_; }
    std::size_t regexps() const noexcept { return regexp_ ? 1 : 0; }

private:
    std::string beginning_;
    // One of them is there.
    std::optional<plain_variables> plain_;
    std::optional<bounded_regexp> regexp_;
};

uri_template::uri_template(std::string_view text) {
    if (text.size() > longest) throw std::invalid_argument("a URI template that is too long");
    auto const parsed = parse_template(text);
    check_variables(parsed.parts);
    it_ = std::make_shared<compiled const>(parsed);
}

bool uri_template::is_well_formed(std::string_view text) {
    try {
        parse_template(text);
    } catch (std::invalid_argument const&) {
        return false;
    }
    return true;
}

bool uri_template::matches(std::string_view text) const { return it_->matches(text); }

std::string const& uri_template::literal_prefix() const noexcept { return it_->beginning(); }

std::size_t uri_template::regexps() const noexcept { return it_->regexps(); }

}  // namespace fibercast
