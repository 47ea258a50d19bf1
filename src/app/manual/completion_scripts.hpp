#pragma once

#include "app/option_list.hpp"

#include <string>
#include <vector>

namespace fibercast::app {

/// What has bash complete options, their values where these are a few words, and paths.
std::string bash_completion(std::vector<option_entry> const& options);

/// The same for zsh, with what each option is for.
std::string zsh_completion(std::vector<option_entry> const& options);

}  // namespace fibercast::app
