#include <fibercast/fibercast.hpp>
#include <fibercast/testing.hpp>

#include "support/catch.hpp"

#include <string>

using namespace fibercast;

namespace {

handler say(hub& clients) {
    return [&](request const& asked) {
        auto const form = form_params(asked);  // anything else than a form is answered with 415
        auto const who = form.first("who").value_or("");
        auto const text = form.first("text").value_or("");
        if (who.empty() || text.empty()) return response::plain(status::bad_request);
        auto const room = "rooms/" + std::string(asked.param("room"));
        clients.publish({room}, event(std::string(who) + ": " + std::string(text)));
        return response(status::no_content);
    };
}

}  // namespace

TEST_CASE("cookbook: chat") {
    hub clients;
    router routes;
    routes.get("/events", subscribe_to(clients)).post("/rooms/{room}", say(clients));
    testing::test_client client(routes);
    auto here = client.open("/events?topic=rooms/7");
    auto elsewhere = client.open("/events?topic=rooms/8");
    here.next();
    elsewhere.next();
    CHECK(client.post("/rooms/7", "who=Ann&text=Hello").status == status::no_content);
    CHECK(client.post("/rooms/8", "who=Bob&text=Hi").status == status::no_content);
    CHECK(here.next().data == "Ann: Hello");
    CHECK(elsewhere.next().data == "Bob: Hi");
    CHECK(client.post("/rooms/7", "who=Ann").status == status::bad_request);
}
