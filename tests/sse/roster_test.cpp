#include "sse/roster.hpp"

#include "support/catch.hpp"

#include <array>
#include <random>
#include <set>
#include <vector>

using fibercast::roster;
using fibercast::roster_place;

namespace {

struct guest : roster_place {
    int visits = 0;
};

using guests = roster<guest>;

}  // namespace

TEST_CASE("a roster knows who is in it") {
    std::array<guest, 3> some;
    guests all;
    for (auto& each : some) all.add(each);
    CHECK(all.size() == 3);
    all.remove(some[0]);
    CHECK_FALSE(some[0].in_roster());
    CHECK(&all[0] == &some[2]);  // the last has taken its place
    all.remove(some[2]);
    all.remove(some[1]);
    CHECK(all.empty());
    all.add(some[0]);
    CHECK(some[0].in_roster());
}

TEST_CASE("a walk goes from the last to the first and knows who comes") {
    std::array<guest, 3> some;
    guests all;
    for (auto& each : some) all.add(each);
    guests::walk walk(all);
    CHECK(walk.ahead(3) == &some[0]);
    CHECK(walk.ahead(4) == nullptr);
    CHECK(walk.next() == &some[2]);
    CHECK(walk.ahead(1) == &some[1]);
    CHECK(walk.next() == &some[1]);
    CHECK(walk.next() == &some[0]);
    CHECK(walk.next() == nullptr);
    CHECK(walk.next() == nullptr);
}

TEST_CASE("whoever is there all the time is visited, whoever else leaves or comes") {
    std::mt19937 random(20260102);
    for (int round = 0; round < 2000; ++round) {
        CAPTURE(round);
        std::vector<guest> some(12);
        guests all;
        for (std::size_t i = 0; i < 8; ++i) all.add(some[i]);
        std::set<guest*> stayed;
        for (std::size_t i = 0; i < 8; ++i) stayed.insert(&some[i]);
        std::size_t coming = 8;
        guests::walk walk(all);
        while (guest* const each = walk.next()) {
            CHECK(each->in_roster());
            ++each->visits;
            if (random() % 3 == 0 && !all.empty()) {
                guest& leaves = all[random() % all.size()];
                all.remove(leaves);
                stayed.erase(&leaves);
            }
            if (random() % 3 == 0 && coming < some.size()) all.add(some[coming++]);
        }
        for (guest* const each : stayed) CHECK(each->visits >= 1);
    }
}
