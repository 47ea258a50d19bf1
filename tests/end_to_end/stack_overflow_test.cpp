#include "support/child_process.hpp"
#include "support/sanitizer.hpp"

#include "support/catch.hpp"

#include <csignal>

TEST_CASE("a fiber that overflows its stack ends the program with a word about it") {
    if (under_address_sanitizer || under_thread_sanitizer) {
        WARN("SKIPPED: sanitizers have stacks and handlers of their own");
        return;
    }
    child_process program({STACK_OVERFLOW_PROGRAM}, input_kind::nothing);
    auto const errors = program.errors().until_end();
    auto const status = program.wait();
    CHECK_THAT(errors, ContainsSubstring("fiber stack overflow"));
    CHECK(status == 128 + SIGABRT);
}
