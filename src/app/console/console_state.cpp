#include "console_state.hpp"

#include "app/process/process_use.hpp"

#include <fibercast/version.hpp>

#include <fmt/format.h>

#include <iterator>
#include <numeric>
#include <vector>

namespace fibercast::app {
namespace {

constexpr std::chrono::milliseconds good_for{500};

std::string urls(std::vector<socket_address> const& of) {
    std::string all;
    for (auto const& each : of)
        all += fmt::format("{}\"http://{}\"", all.empty() ? "" : ",", each.text());
    return all;
}

}  // namespace

console_state::console_state(hub const& clients, server const& serving, event_flag const& stopping)
    : clients_(clients), serving_(serving), stopping_(stopping) {}

std::string console_state::now() {
    std::lock_guard const held(mutex_);
    auto const at = std::chrono::steady_clock::now();
    if (text_.empty() || at - made_ >= good_for) {
        text_ = make(at);
        made_ = at;
    }
    return text_;
}

std::string console_state::make(std::chrono::steady_clock::time_point at) const {
    using seconds = std::chrono::duration<double>;
    auto const hub = clients_.stats();
    auto const server = serving_.stats();
    auto const cpu = own_cpu_time();
    std::string text;
    auto const to = std::back_inserter(text);
    fmt::format_to(
        to, R"({{"version":"{}","started":{},"seconds":{:.3f},"stopping":{},)", FIBERCAST_VERSION,
        std::chrono::floor<std::chrono::milliseconds>(started_.time_since_epoch()).count(),
        seconds(at - start_).count(), stopping_.is_set());
    fmt::format_to(to, R"("listening":[{}],"workers":{},"connections":{},"connections_limit":{},)",
                   urls(serving_.addresses()), serving_.workers(), server.connections,
                   serving_.max_connections());
    fmt::format_to(to, R"("clients":{},"behind":{},"joined":{},"ended":{},"fell_behind":{},)",
                   hub.clients, hub.behind, hub.joined,
                   std::accumulate(hub.ended.begin(), hub.ended.end(), std::uint64_t{0}),
                   hub.fell_behind);
    fmt::format_to(to, R"("deliveries":{},"dropped":{},"gaps":{},"queued":{},)", hub.sent,
                   hub.dropped, hub.gaps, hub.held_bytes);
    fmt::format_to(to,
                   R"("history_events":{},"history_bytes":{},"memory":{},"cpu_seconds":{:.3f}}})",
                   hub.history_events, hub.history_bytes, resident_bytes(), seconds(cpu).count());
    return text;
}

}  // namespace fibercast::app
