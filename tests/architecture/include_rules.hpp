#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The folders of include/fibercast and src, from the bottom up. Each may include what is below it.
std::vector<std::string> const& layers();

/// The include lines of a file of `layer` that break the rules, each as `name:line: text`: a folder
/// includes nothing above it, sse works without net, and what is in quotes is in the same folder.
std::vector<std::string> forbidden_includes(std::string_view layer, std::string const& name,
                                            std::string const& text);
