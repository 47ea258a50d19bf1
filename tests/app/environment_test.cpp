#include "app/process/environment.hpp"

#include "support/catch.hpp"

#include <cstdlib>

using fibercast::app::take_environment;

TEST_CASE("what was taken out of the environment is not there any more") {
    constexpr auto const* name = "FIBERCAST_TEST_VARIABLE";
    REQUIRE(::setenv(name, "value", 1) == 0);
    CHECK(take_environment(name) == "value");
    CHECK(std::getenv(name) == nullptr);
    CHECK(take_environment(name).empty());
}
