#pragma once

#include "access_options.hpp"
#include "admin_address.hpp"
#include "app/process/log_line.hpp"

#include <fibercast/coding/content_coding.hpp>
#include <fibercast/http/address_range.hpp>
#include <fibercast/http/limits.hpp>
#include <fibercast/runtime/overflow.hpp>
#include <fibercast/runtime/worker_pool.hpp>
#include <fibercast/service/subscribing.hpp>
#include <fibercast/sse/hub_options.hpp>

#include <spdlog/common.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fibercast::app {

/// What the command line and the configuration file say.
struct options {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;
    std::optional<admin_address> admin = admin_address();
    unsigned workers = 0;  ///< 0: one for each usable processor.
    std::chrono::milliseconds heartbeat{10'000};
    std::size_t channel_capacity = 16;
    std::optional<fibercast::overflow> overflow = std::nullopt;
    std::size_t history = hub_options{}.history;  ///< Events; 0: none are kept.
    std::size_t history_bytes = hub_options{}.history_bytes;
    std::chrono::milliseconds history_age = hub_options{}.history_age;
    std::size_t memory_limit = 0;  ///< 0: none.
    std::vector<fibercast::overflow> allow_overflow = subscribe_options{}.policies;
    /// Nothing: fewer than connections; 0: no limit but theirs. See `most_clients`.
    std::optional<std::size_t> max_clients = std::nullopt;
    std::size_t max_clients_per_address = 0;  ///< 0: no limit.
    std::vector<address_range> trusted_proxies = {};
    std::vector<content_coding> compression = {};  ///< None: streams are not compressed.
    std::vector<std::string> cors_origins = {};
    bool cors_credentials = false;
    access_options access;
    std::size_t max_connections = 0;  ///< 0: as many as open files allow.
    std::size_t unsent_limit = 128 * 1024;
    std::size_t send_buffer = 0;  ///< 0: the system decides.
    std::size_t handler_stack = worker_pool::options{}.handler_stack_size;
    std::uint64_t bodies_limit = http_limits{}.bodies_bytes;
    std::chrono::milliseconds drain{10'000};
    std::chrono::milliseconds drain_timeout{5'000};
    std::chrono::milliseconds peer_timeout{20'000};
    spdlog::level::level_enum log_level = spdlog::level::info;
    fibercast::app::log_format log_format = fibercast::app::log_format::text;
    std::string log_file;         ///< Empty: standard error.
    bool command_history = true;  ///< Commands are kept between sessions.
};

/// The program ends before it has begun: after `--help`, or because an option is wrong.
struct early_end {
    int status;
    /// Whole lines: for standard output if the status is 0, else one for standard error.
    std::string text;
    /// What is wrong, alone.
    std::string reason = {};
};

using parsed_options = std::variant<options, early_end>;

enum class reading {
    first,
    again,  ///< A configuration file that can be read only once, such as a pipe, is wrong then.
};

parsed_options parse_options(int argc, char const* const* argv, reading how = reading::first);

}  // namespace fibercast::app
