#pragma once

#include "tokens/token_maker.hpp"

#include <string>
#include <vector>

/// A token that must not count, and why, as the log has it.
struct hostile_token {
    std::string name;
    std::string text;
    std::string why;
};

/// Each is a good token but for what its name says.
std::vector<hostile_token> hostile_tokens(test_issuers const& of);
/// Of these, those with authorization details that are wrong.
std::vector<hostile_token> hostile_details(test_issuers const& of);
