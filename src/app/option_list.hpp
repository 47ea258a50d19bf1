#pragma once

#include "options.hpp"

#include <functional>
#include <string>
#include <vector>

namespace fibercast::app {

/// One setting, as the command line and the configuration file know it.
struct option_entry {
    /// Sets the value, and returns what is wrong with the text if it is no value.
    struct parser : std::function<std::string(std::string const& text)> {
        using function::function;
        std::vector<std::string> words = {};  ///< What it takes, where that are a few words.
    };

    std::string name;        ///< Without dashes: the key in a file.
    std::string short_name;  ///< Of one letter; may be empty.
    std::string value;    ///< What to write behind it, such as TIME; empty: nothing, it is a flag.
    std::string initial;  ///< Its value without it.
    std::string help;
    parser parse;  ///< A flag's is given "true" or "false".
};

/// All of them. Their parsers set the members of `to`, which must outlive them.
std::vector<option_entry> option_list(options& to);

/// Those of `option_list` that are about access.
std::vector<option_entry> access_option_list(access_options& to);

/// Null: there is none of this name.
option_entry const* find_option(std::vector<option_entry> const& in,
                                std::string_view name) noexcept;

}  // namespace fibercast::app
