#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/address_range.hpp>
#include <fibercast/http/handler.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast {

struct access_log_options {
    /// Takes a line, without its end. Called on all workers at once, must neither suspend nor wait,
    /// and what it throws is dropped. Without one lines go to `log()`, as `info`.
    std::function<void(std::string_view line)> write = nullptr;
    /// Parameters of the query whose values are in no line, in small or capital letters.
    std::vector<std::string> hidden_parameters = {"authorization", "access_token"};
    /// Whose `X-Forwarded-For` is believed, see `client_address`.
    std::vector<address_range> trusted_proxies = {};
    /// What time it is. Called on all workers at once; tests have a clock of their own.
    std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
};

/// One line for each request that `inner` is asked, when its answer has ended: when all is sent,
/// the stream is over, or the connection has failed. It has the address, method, target, status,
/// seconds, and user agent:
///
///     192.0.2.1:4711 GET '/?topic=news' 200 3601.250 'Mozilla/5.0 ...'
///
/// Text of the client is escaped, a quote too, and cut after 512 bytes. In place of what
/// the `hidden_parameters` have in the query stands `...`; cookies and the field `Authorization`
/// are in no line. How many bytes were sent is not in it, either: to count them, each write of
/// each stream would go through a second output. Until its answer ends, a request's line takes its
/// size in memory; for want of memory a line may be missing, and the request is answered all the
/// same.
///
/// Not in it: what the connection refuses without asking a handler, which is in the log at `debug`.
/// Put it outside of the other wrappers, so that it sees what they answer. Throws
/// `std::invalid_argument` when there is no clock.
FIBERCAST_API handler with_access_log(access_log_options settings, handler inner);

}  // namespace fibercast
