#include "server/open_files.hpp"

#include "support/catch.hpp"

#include <sys/resource.h>

TEST_CASE("some descriptors are kept back from the clients") {
    CHECK(fibercast::clients_within(20'000) == 19'744);
    CHECK(fibercast::clients_within(512) == 256);
    CHECK(fibercast::clients_within(100) == 50);
    CHECK(fibercast::clients_within(0) == 0);
}

TEST_CASE("the limit of open files can be raised to its hard limit") {
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    rlimit const lowered{before.rlim_max / 2, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &lowered) == 0);
    CHECK(fibercast::raise_open_file_limit() == before.rlim_max);
    rlimit raised{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &raised) == 0);
    CHECK(raised.rlim_cur == before.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &before);
}
