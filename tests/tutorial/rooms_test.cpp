#include "rooms.hpp"

#include <fibercast/testing.hpp>

#include <iostream>

int main() {
    fibercast::hub clients;
    fibercast::testing::test_client client(routes_of(clients));  // behind what it uses
    auto bob = client.open("/events?room=tea&name=bob");
    auto eve = client.open("/events?room=tea&name=eve");
    for (auto* each : {&bob, &eve}) each->next();  // the greeting

    client.post("/rooms/tea/say", "name=ann&text=@bob+Psst");
    client.post("/rooms/tea/say", "name=ann&text=Hello");
    bool const bob_was_told = bob.next().data == "ann: @bob Psst";
    bool const eve_was_not = eve.next().data == "ann: Hello";
    if (!bob_was_told || !eve_was_not) std::cerr << "a word to Bob is not for him alone\n";
    return bob_was_told && eve_was_not ? 0 : 1;
}
