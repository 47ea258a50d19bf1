#include "http/public_target.hpp"

#include <fibercast/http/access_log.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace fibercast;

namespace {

std::string told(std::string_view target) {
    return public_target(target, access_log_options().hidden_parameters);
}

}  // namespace

TEST_CASE("a target is told as it is") {
    for (auto const* target :
         {"/", "*", "/path?", "/?a", "/?a=b&c=d", "/?a=b&&c", "/?x=access_token", "/access_token=a",
          "/?access_tokens=a", "/?my_access_token=a", "/?access_token", "/?a=b?c=d"}) {
        INFO(target);
        CHECK(told(target) == target);
    }
}

TEST_CASE("values of tokens are not told, however the name is written") {
    CHECK(told("/?access_token=secret") == "/?access_token=...");
    CHECK(told("/?access_token=&a=b") == "/?access_token=&a=b");
    CHECK(told("/?a=b&authorization=se=cret&c=d") == "/?a=b&authorization=...&c=d");
    CHECK(told("/?Authorization=secret&ACCESS_TOKEN=secret") ==
          "/?Authorization=...&ACCESS_TOKEN=...");
    CHECK(told("/?%61ccess%5Ftoken=secret") == "/?%61ccess%5Ftoken=...");
    CHECK(told("/?access_token%=secret") == "/?access_token%=...");
    CHECK(told("/?access_token=secret;more&c=d") == "/?access_token=...&c=d");
    CHECK(told("/?a=b;access_token=secret;more&c=d") == "/?a=b;access_token=...&c=d");
    CHECK(told("/?access_token=a&access_token=b") == "/?access_token=...&access_token=...");
}

TEST_CASE("whose values are not told is said by a list") {
    std::vector<std::string> const hidden{"ticket", "a key"};
    CHECK(public_target("/?ticket=1&TICKET=2&a+key=3&access_token=4", hidden) ==
          "/?ticket=...&TICKET=...&a+key=...&access_token=4");
    CHECK(public_target("/?access_token=1", {}) == "/?access_token=1");
}
