#pragma once

#include "template_parts.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast {

/// What is behind the beginning of a usual template, `{id}/reviews/{review}`: expressions of one
/// variable each, without operators and modifiers, each up to a character that no value has. That
/// is matched directly, as a RE2 takes some kilobytes.
class plain_variables {
public:
    /// Nothing when there is more to it.
    static std::optional<plain_variables> of(std::vector<template_part> const& parts);

    bool matches(std::string_view text) const noexcept;

private:
    /// The literals behind the variables.
    std::vector<std::string> behind_;
};

}  // namespace fibercast
