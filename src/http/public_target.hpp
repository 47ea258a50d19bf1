#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fibercast {

/// A target for a log: in place of the values of the `hidden` parameters in its query stands `...`. A
/// name that cannot be decoded, or whose letters are percent-encoded or capitals, might be one of them
/// to somebody.
std::string public_target(std::string_view target, std::span<std::string const> hidden);

}  // namespace fibercast
