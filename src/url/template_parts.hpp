#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fibercast {

/// What an operator makes of the values: the table of RFC 6570's appendix A.
struct template_operator {
    char sign;
    std::string_view first;
    std::string_view separator;
    bool named;
    bool empty_equal;     ///< A '=' behind a name without a value.
    bool keeps_reserved;  ///< Reserved characters and `%XX` stay as they are in a value.
};

struct template_variable {
    std::string name;
    bool exploded = false;
    unsigned prefix = 0;  ///< The most characters of a string; 0: all.
};

/// An expression, and the text from there to the next one.
struct template_part {
    template_operator const* by;
    std::vector<template_variable> variables;
    std::string literal_behind;
};

/// Literals are percent-encoded where they will be in all that comes of the template.
struct template_parts {
    std::string beginning;
    std::vector<template_part> parts;
};

/// Throws `std::invalid_argument` when `text` is no URI Template. Parts hold on to no part of it.
template_parts parse_template(std::string_view text);

}  // namespace fibercast
