#pragma once

/// Goes so many frames deep, of more than a kilobyte each. Returns the sum of the depths.
[[gnu::noinline]] inline int dig(int depth) {
    char volatile room[1024];
    room[0] = static_cast<char>(depth);
    int const below = depth > 1 ? dig(depth - 1) : 0;
    asm volatile("" : : "r"(room) : "memory");  // so that no compiler makes a loop of it
    return below + room[0];
}
