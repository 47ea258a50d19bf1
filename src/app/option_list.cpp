#include "option_list.hpp"

#include "app/text/size_text.hpp"
#include "app/text/span_text.hpp"
#include "option_parsers.hpp"
#include "service/overflow_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace fibercast::app {
namespace {

using namespace option_parsers;

template <typename Value>
using choices = std::vector<std::pair<std::string_view, Value>>;

choices<spdlog::level::level_enum> const log_levels{
    {"trace", spdlog::level::trace}, {"debug", spdlog::level::debug}, {"info", spdlog::level::info},
    {"warn", spdlog::level::warn},   {"error", spdlog::level::err},   {"off", spdlog::level::off}};

choices<log_format> const log_formats{{"text", log_format::text}, {"json", log_format::json}};

/// Some systems keep these in an int.
constexpr std::size_t most_bytes = 1'000'000'000;

/// What goes deep is not to have less than what does not.
constexpr std::size_t least_stack = worker_pool::options{}.stack_size;

/// Room for two of the largest bodies: while one comes, not all others are sent away.
constexpr std::uint64_t least_bodies = 2 * http_limits{}.body_bytes;
constexpr std::uint64_t most_bodies = 1'000'000'000'000;

}  // namespace

std::vector<option_entry> option_list(options& to) {
    std::vector<option_entry> all{
        {"host", "", "HOST", to.host, "name or address to listen on; 0.0.0.0 or :: for all",
         host(to.host)},
        {"port", "p", "N", fmt::to_string(to.port), "port to listen on; 0 picks a free one",
         number<std::uint16_t>(0, 65'535, to.port)},
        {"admin", "", "ADDRESS", to.admin->text(),
         "where operators are answered, on this machine only;\nport 0: a free one; off: nowhere",
         admin(to.admin)},
        {"workers", "", "N", "", "worker threads; without it, one for each usable processor",
         number<unsigned>(1, 1'024, to.workers)},
        {"heartbeat", "", "TIME", span_text(to.heartbeat),
         "a client idle for so long gets a comment; 0: never", span(to.heartbeat)},
        {"channel-capacity", "", "N", fmt::to_string(to.channel_capacity),
         "how many events may wait for a client; a burst counts as one",
         number<std::size_t>(1, 65'536, to.channel_capacity)},
        {"overflow", "", "POLICY", "catch-up",
         "what happens to a client whose channel is full:\n" + names(overflow_names),
         choice(overflow_names, to.overflow)},
        {"allow-overflow", "", "POLICIES", "",
         "which of these a client may ask for, with commas between, or none;\nwithout it, all but "
         "block",
         policies(to.allow_overflow)},
        {"max-clients", "", "N", "",
         "more are told to come again; without it, an eighth or 256 fewer than\nconnections; 0: no "
         "bound",
         number<std::size_t>(0, 100'000'000, to.max_clients)},
        {"max-clients-per-address", "", "N", "0", "the same for each address; 0: no bound",
         number<std::size_t>(0, 100'000'000, to.max_clients_per_address)},
        {"trusted-proxy", "", "CIDR", "",
         "proxies that say in X-Forwarded-For for whom they ask, with\ncommas between",
         ranges(to.trusted_proxies)},
        {"compression", "", "CODINGS", "",
         "how streams are compressed for those who accept it: of br, zstd and\ngzip, the best "
         "first, with commas between; without it, not",
         codings(to.compression)},
        {"cors-origin", "", "ORIGINS", "",
         "whose pages may read the public address, such as\nhttps://app.example.com, with commas "
         "between; *: all",
         origins(to.cors_origins)},
        {"cors-credentials", "", "", "", "these pages may send cookies", yes(to.cors_credentials)},
        {"history", "", "N", fmt::to_string(to.history),
         "events kept for clients that come back or fall behind; 0: none",
         number<std::size_t>(0, 10'000'000, to.history)},
        {"history-bytes", "", "SIZE", size_text(to.history_bytes), "what these may take",
         size(to.history_bytes)},
        {"history-age", "", "TIME", span_text(to.history_age),
         "how old they may become; 0: as old as the other bounds let them", span(to.history_age)},
        {"memory-limit", "", "SIZE", "0",
         "what may wait for all clients together; beyond, the one that holds\nmost is sent back to "
         "the history, or ended; 0: no bound",
         size(to.memory_limit)},
        {"max-connections", "", "N", "0", "more wait unaccepted; 0: as many as open files allow",
         number<std::size_t>(0, 100'000'000, to.max_connections)},
        {"unsent-limit", "", "BYTES", fmt::to_string(to.unsent_limit),
         "what the kernel takes for a client beyond what is on its way;\n0: all that its buffer "
         "holds",
         number<std::size_t>(0, most_bytes, to.unsent_limit)},
        {"send-buffer", "", "BYTES", "0",
         "the kernel's buffer for each client, fixed; 0: as the line needs",
         number<std::size_t>(0, most_bytes, to.send_buffer)},
        {"handler-stack", "", "BYTES", fmt::to_string(to.handler_stack),
         "address space for the stack of a handler while it runs",
         number<std::size_t>(least_stack, most_bytes, to.handler_stack)},
        {"bodies-limit", "", "BYTES", fmt::to_string(to.bodies_limit),
         "memory for the bodies of all requests together; beyond: 503",
         number<std::uint64_t>(least_bodies, most_bodies, to.bodies_limit)},
        {"drain", "", "TIME", span_text(to.drain),
         "the ends of streams are spread over so long when stopping, a\nmillisecond for each at "
         "most",
         span(to.drain)},
        {"drain-timeout", "", "TIME", span_text(to.drain_timeout),
         "how long stopping may take before clients are cut", span(to.drain_timeout)},
        {"peer-timeout", "", "TIME", span_text(to.peer_timeout),
         "a peer that acknowledges nothing for so long is gone;\n0: the system's own time",
         span(to.peer_timeout)},
        {"log-level", "", "LEVEL", "info",
         "least important kind of message to log:\n" + names(log_levels),
         choice(log_levels, to.log_level)},
        {"log-format", "", "FORMAT", "text", "one of " + names(log_formats),
         choice(log_formats, to.log_format)},
        {"log-file", "", "PATH", "", "where to log; without it, to standard error",
         path(to.log_file)},
        {"no-command-history", "", "", "", "forget the commands typed on a terminal at the end",
         no(to.command_history)},
    };
    auto const place = std::ranges::find(all, "history", &option_entry::name);
    auto const access = access_option_list(to.access);
    all.insert(place, access.begin(), access.end());
    return all;
}

option_entry const* find_option(std::vector<option_entry> const& in,
                                std::string_view name) noexcept {
    auto const found =
        std::find_if(in.begin(), in.end(), [&](auto const& each) { return each.name == name; });
    return found == in.end() ? nullptr : &*found;
}

}  // namespace fibercast::app
