#include "server/open_files.hpp"

#include "support/catch.hpp"
#include "support/open_descriptors.hpp"

#include <sys/resource.h>
#include <unistd.h>

TEST_CASE("what is open already and some more is kept back from the clients") {
    CHECK(fibercast::clients_within(20'000, 19) == 19'741);
    CHECK(fibercast::clients_within(20'000, 4'107) == 15'653);
    CHECK(fibercast::clients_within(24, 19) == 5);
    CHECK(fibercast::clients_within(20, 19) == 1);
    CHECK(fibercast::clients_within(20, 25) == 0);
    CHECK(fibercast::clients_within(0, 0) == 0);
}

TEST_CASE("open descriptors are counted") {
    auto const before = fibercast::open_files();
    CHECK(before == open_descriptors() - 1);  // that counts its own
    int const another = ::dup(STDIN_FILENO);
    CHECK(fibercast::open_files() == before + 1);
    ::close(another);
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
