#pragma once

// Here once, as every other header includes this one.
#if __cplusplus < 202002L
#error "fibercast needs C++20: compile with -std=c++20, or a newer standard"
// Compilers go on behind an error, to hundreds of others; this ends it.
#include <fibercast/needs/c++20>
#endif

/// What programs use of a shared library, which hides everything else.
#define FIBERCAST_API [[gnu::visibility("default")]]
/// What only the library knows of, in a class that is not hidden.
#define FIBERCAST_HIDDEN [[gnu::visibility("hidden")]]
