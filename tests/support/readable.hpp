#pragma once

#include "support/catch.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstddef>

/// Whether the kernel can read the byte: asks without a fault.
inline bool readable(std::byte const* address) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    bool const written = ::write(pipe[1], address, 1) == 1;
    bool const fault = !written && errno == EFAULT;
    ::close(pipe[0]);
    ::close(pipe[1]);
    REQUIRE(written != fault);
    return written;
}
