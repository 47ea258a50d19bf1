// Runs a fiber that needs more stack than there is.

#include <fibercast/runtime/worker_pool.hpp>

#include <cstdio>

namespace {

[[gnu::noinline]] int deeper(int depth) {
    char volatile frame[1024] = {};
    frame[0] = static_cast<char>(depth);
    return depth > 0 ? deeper(depth - 1) + frame[0] : frame[0];
}

}  // namespace

int main() {
    fibercast::worker_pool workers({.workers = 1});
    int const volatile depth = 1'000'000;
    std::printf("%d\n", workers[0].call([&] { return deeper(depth); }));
}
