#include "http/public_target.hpp"

#include "support/catch.hpp"

using namespace fibercast;

TEST_CASE("a target is told as it is") {
    for (auto const* target :
         {"/", "*", "/path?", "/?a", "/?a=b&c=d", "/?a=b&&c", "/?x=access_token", "/access_token=a",
          "/?access_tokens=a", "/?my_access_token=a", "/?access_token", "/?a=b?c=d"}) {
        INFO(target);
        CHECK(public_target(target) == target);
    }
}

TEST_CASE("values of tokens are not told, however the name is written") {
    CHECK(public_target("/?access_token=secret") == "/?access_token=...");
    CHECK(public_target("/?access_token=&a=b") == "/?access_token=&a=b");
    CHECK(public_target("/?a=b&authorization=se=cret&c=d") == "/?a=b&authorization=...&c=d");
    CHECK(public_target("/?Authorization=secret&ACCESS_TOKEN=secret") ==
          "/?Authorization=...&ACCESS_TOKEN=...");
    CHECK(public_target("/?%61ccess%5Ftoken=secret") == "/?%61ccess%5Ftoken=...");
    CHECK(public_target("/?access_token%=secret") == "/?access_token%=...");
    CHECK(public_target("/?access_token=secret;more&c=d") == "/?access_token=...&c=d");
    CHECK(public_target("/?a=b;access_token=secret;more&c=d") == "/?a=b;access_token=...&c=d");
    CHECK(public_target("/?access_token=a&access_token=b") ==
          "/?access_token=...&access_token=...");
}
