#include "fiber_table.hpp"

#include "app/text/span_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <iterator>
#include <vector>

namespace fibercast::app {
namespace {

/// To the millisecond where that can still be seen.
std::string wait_text(std::chrono::milliseconds span) {
    if (span >= std::chrono::seconds(10)) return age_text(span);
    return fmt::format("{:.3f}s", std::chrono::duration<double>(span).count());
}

struct row {
    std::size_t fibers;
    std::string longest;
    std::string what;
};

std::vector<row> rows_of(fiber_census const& all) {
    std::vector<row> rows;
    for (std::size_t i = 0; i < wait_for_count; ++i) {
        auto const kind = static_cast<wait_for>(i);
        auto const [fibers, longest] = all.of(kind);
        auto const name = std::string(name_of(kind));
        if (fibers != 0)
            rows.push_back({fibers, kind == wait_for::turn ? "-" : wait_text(longest), name});
        if (all.compact(kind) != 0) rows.push_back({all.compact(kind), "-", name + ", compact"});
    }
    std::ranges::stable_sort(rows, std::greater(), &row::fibers);
    return rows;
}

}  // namespace

std::string fiber_table(fibers_of_workers const& from, std::size_t workers, std::size_t connections,
                        std::size_t streams) {
    std::string text = "fibers  longest  wait for\n";
    auto const to = std::back_inserter(text);
    std::size_t sum = 0;
    for (auto const& [fibers, longest, what] : rows_of(from.all)) {
        fmt::format_to(to, "{:6}  {:>7}  {}\n", fibers, longest, what);
        sum += fibers;
    }
    auto const answered = workers - from.silent.size();
    fmt::format_to(to, "{:6}  on {} worker{}\n", sum, answered, answered == 1 ? "" : "s");
    for (auto const index : from.silent)
        fmt::format_to(to, "worker-{} does not answer: one fiber keeps it, see the log\n", index);
    fmt::format_to(to,
                   "{} connection{}, {} of them {}; who waits for an event or a request has no "
                   "fiber\n",
                   connections, connections == 1 ? "" : "s", streams,
                   streams == 1 ? "a client's stream" : "clients' streams");
    return text;
}

}  // namespace fibercast::app
