#pragma once

#include "template_parts.hpp"

#include <string>

namespace fibercast {

/// In RE2's syntax, on bytes: what comes of an expression by any values. Without what is behind it.
std::string regexp_of(template_part const& part);

}  // namespace fibercast
