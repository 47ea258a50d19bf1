// Random histories of hubs: publishers, topics, slow readers, ends, policies, restarts. Whatever
// happens, each client sees what `delivery_oracle` says. `FIBERCAST_SEED` repeats one of them.

#include "sse/random_history.hpp"
#include "support/sanitizer.hpp"

#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

namespace {

constexpr unsigned histories = under_thread_sanitizer || under_address_sanitizer ? 300 : 10'000;

}  // namespace

TEST_CASE(
    "whatever happens, a client sees its events in order, once, and is told of what it misses") {
    auto const* const chosen = std::getenv("FIBERCAST_SEED");
    auto const first =
        chosen != nullptr ? static_cast<unsigned>(std::stoul(chosen)) : std::random_device()();
    for (unsigned i = 0; i < (chosen != nullptr ? 1 : histories); ++i) {
        random_history one(first + i);
        auto const wrong = one.run();
        if (wrong.empty()) continue;
        FAIL(wrong << "\nFIBERCAST_SEED=" << first + i << "\n" << one.journal());
    }
    std::cout << "seeds " << first << " and the " << histories - 1 << " behind it\n";
}
