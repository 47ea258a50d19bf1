#pragma once

// Catch2 of either version that Debian has, by the names of the newer: 3 since Debian 13, 2 in Debian 12.

#if __has_include(<catch2/catch_all.hpp>)

#include <catch2/catch_all.hpp>

using Catch::Matchers::ContainsSubstring;

#else

#include <catch2/catch.hpp>

inline auto ContainsSubstring(std::string const& text) { return Catch::Matchers::Contains(text); }

#endif

using Catch::Matchers::EndsWith;
using Catch::Matchers::Matches;
using Catch::Matchers::StartsWith;
