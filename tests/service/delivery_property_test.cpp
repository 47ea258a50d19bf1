// Random traffic of servers over sockets: publishers, topics, slow readers, ends, policies,
// restarts. Whatever happens, each client sees what `delivery_oracle` says. `FIBERCAST_SEED` does
// again what was done, which may meet in another order.

#include "service/random_traffic.hpp"
#include "support/sanitizer.hpp"

#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

namespace {

/// About 10 s of a build without optimisation on a busy machine.
constexpr unsigned histories = under_thread_sanitizer || under_address_sanitizer ? 30 : 300;

}  // namespace

TEST_CASE(
    "whatever happens on sockets, a client sees its events in order, once, and is told of gaps") {
    auto const* const chosen = std::getenv("FIBERCAST_SEED");
    auto const first =
        chosen != nullptr ? static_cast<unsigned>(std::stoul(chosen)) : std::random_device()();
    fibercast::hub_stats met;
    for (unsigned i = 0; i < (chosen != nullptr ? 1 : histories); ++i) {
        random_traffic one(first + i);
        auto const wrong = one.run();
        if (!wrong.empty())
            FAIL(wrong << "\nFIBERCAST_SEED=" << first + i << "\n" << one.journal());
        met += one.met();
    }
    if (chosen != nullptr) return;
    CHECK(met.replayed > 0);
    CHECK(met.fell_behind > 0);
    CHECK(met.gaps > 0);
    CHECK(met.dropped > 0);
    for (auto const why : {fibercast::end_reason::peer, fibercast::end_reason::slow,
                           fibercast::end_reason::kicked, fibercast::end_reason::drained})
        CHECK(met.ended_by(why) > 0);
    std::cout << "seeds " << first << " and the " << histories - 1 << " behind it\n";
}
