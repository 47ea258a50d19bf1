#define CATCH_CONFIG_RUNNER
#include "support/catch.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <cstdio>

int main(int argc, char** argv) {
    // What was printed before a test hung must not be lost when its watchdog ends it.
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
    fibercast::log().set_level(spdlog::level::off);
    return Catch::Session().run(argc, argv);
}
