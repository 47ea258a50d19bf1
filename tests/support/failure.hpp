#pragma once

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

/// Ends a test: what it waited for has not come.
struct failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The result of a system call that has no reason to fail.
template <typename Result>
Result checked(Result result, char const* what) {
    if (result < 0) throw failure(std::string(what) + ": " + std::system_category().message(errno));
    return result;
}
