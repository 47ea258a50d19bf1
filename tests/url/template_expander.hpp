#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// A value of a variable, defined. Strings are of bytes.
using template_list = std::vector<std::string>;
using template_pairs = std::vector<std::pair<std::string, std::string>>;
using template_value = std::variant<std::string, template_list, template_pairs>;

/// Those that are not in it are undefined.
using template_values = std::map<std::string, template_value, std::less<>>;

/// What comes of a URI Template, which must be well formed, by some values: RFC 6570's appendix A,
/// sentence by sentence, and nothing of ours.
std::string expanded(std::string_view text, template_values const& values);

/// `%XX` for each byte.
std::string triplets(std::string_view bytes);
