#include <fibercast/fibercast.hpp>
#include <fibercast/testing.hpp>

#include "support/catch.hpp"

#include <optional>
#include <string>
#include <utility>

using namespace fibercast;

namespace {

struct sessions {
    std::optional<std::string> user_of(request const& asked) const {
        auto const user = asked.header("X-Session");
        return user.empty() ? std::nullopt : std::optional(std::string(user));
    }
};

handler own_events(hub& clients, sessions const& known) {
    return [&](request const& asked) {
        auto const user = known.user_of(asked);
        if (!user) return response::plain(status::unauthorized);
        return event_stream(
            clients.join({.topics = {"users/" + *user},
                          .last_event_id = std::string(asked.header("Last-Event-ID")),
                          .open_at_once = true}));
    };
}

void tell(hub& clients, std::string const& user, std::string text) {
    clients.publish({"users/" + user}, event(std::move(text)));
}

}  // namespace

TEST_CASE("cookbook: one stream per user") {
    hub clients;
    sessions const known;
    testing::test_client client(own_events(clients, known));
    auto ann = client.open({.fields = {{"X-Session", "ann"}}});
    auto bob = client.open({.fields = {{"X-Session", "bob"}}});
    tell(clients, "bob", "for bob");
    tell(clients, "ann", "for ann");
    CHECK(ann.next().data == "for ann");
    CHECK(bob.next().data == "for bob");
    CHECK(client.get("/").status == status::unauthorized);
}
