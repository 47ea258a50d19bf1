#pragma once

#include <fmt/format.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace bench {

/// A run that cannot be finished, in words meant for the user.
class failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Turns the -1 of a system call into an exception that names it.
template <class Result>
Result checked(Result result, char const* call) {
    if (result < 0)
        throw failure{fmt::format("{}: {}", call, std::generic_category().message(errno))};
    return result;
}

}  // namespace bench
