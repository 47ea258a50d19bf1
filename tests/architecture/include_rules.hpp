#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

/// A folder of include/fibercast and src, and the folders it may include besides itself.
struct layer {
    std::string name;
    std::vector<std::string> below;
};

/// All of them, each after those it includes.
std::vector<layer> const& layers();

/// The folders that a file's include lines name, whatever else is among them.
std::set<std::string> included_layers(std::string const& text);

/// The include lines of a file of folder `of` that break the rules, each as `name:line: text`.
///
/// What is public is included as `<fibercast/folder/x.hpp>`; what is private in quotes, as `x.hpp`
/// from the same folder and as `folder/x.hpp` from another. Only a folder below may be another.
std::vector<std::string> forbidden_includes(std::string_view of, std::string const& name,
                                            std::string const& text);
