// The example of docs/access.md, which compiles here and is the same there.

#include <fibercast/access/with_bearer.hpp>
#include <fibercast/http/router.hpp>

#include "support/catch.hpp"
#include "support/text_file.hpp"

#include <memory>
#include <string>
#include <vector>

void add_news(fibercast::router& routes);

// clang-format off
void add_news(fibercast::router& routes) {
auto const keys = std::make_shared<fibercast::key_ring>(std::vector<fibercast::key_file>{
    {.issuer = "https://example.com", .path = "/etc/fibercast/issuer.pem"}});
auto const by = std::make_shared<fibercast::verifier const>(keys, fibercast::verifier_options{
    .rules = {.audience = "https://hub.example.com/"}, .hub_url = "https://hub.example.com/"});

routes.get("/news/{name}", fibercast::with_bearer(by, {}, [=](auto const& asked, auto const& from) {
    fibercast::resolved_topic const topic(asked.path(), by->hub_url());
    if (!from->may_read({&topic, 1}))
        return by->refusal(fibercast::access_error::insufficient_scope).answer();
    return fibercast::response::text(fibercast::status::ok, "Good news\n");
}));
}
// clang-format on

TEST_CASE("the example in docs/access.md is the one that compiles") {
    auto const document = text_file("../docs/access.md");
    auto const begin = document.find("```cpp\n") + 7;
    auto const example = document.substr(begin, document.find("```", begin) - begin);
    CHECK(example.size() > 500);
    CHECK(text_file("access/documented_test.cpp").find(example) != std::string::npos);
}
