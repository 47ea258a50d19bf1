#include "busy.hpp"

#include "http/trimmed.hpp"
#include "jitter.hpp"
#include "refusal.hpp"
#include "sse/stream_response.hpp"

#include <fibercast/sse/event.hpp>

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace fibercast {
namespace {

constexpr std::chrono::seconds soonest{5};
constexpr std::chrono::seconds latest{15};

/// Whether one of Accept's ranges, such as `text/html;q=0.9`, is the type of streams. `q=0` means:
/// this not (RFC 9110, section 12.4.2).
bool names_events(std::string_view range) noexcept {
    if (!equal_ignoring_case(taken_to(range, ';'), "text/event-stream")) return false;
    while (!range.empty()) {
        auto const weight = taken_to(range, ';');
        bool const is_weight = weight.starts_with("q=") || weight.starts_with("Q=");
        if (is_weight && weight.find_first_not_of("0.", 2) == weight.npos) return false;
    }
    return true;
}

struct reason {
    std::string_view name;
    std::string_view sentence;
};

reason reason_of(crowd of) noexcept {
    if (of == crowd::clients)
        return {"too-many-clients",
                "there are as many clients as this server takes; come again later"};
    return {"too-many-clients-of-address",
            "there are as many clients as this server takes from one address; come again later"};
}

/// A body that is not to be seen as the whole: who reads it comes back, however it reads streams.
struct unfinished_text {
    std::string text;
};

void write_body(unfinished_text& it, output& out) {
    out.leave_unfinished();
    [[maybe_unused]] bool const taken = out.write(it.text);
}

}  // namespace

bool asks_for_events(request const& asked) noexcept {
    for (auto const& [name, value] : asked.fields()) {
        if (!equal_ignoring_case(name, "Accept")) continue;
        for (std::string_view rest = value; !rest.empty();) {
            if (names_events(taken_to(rest, ','))) return true;
        }
    }
    return false;
}

response busy(request const& asked, crowd of) {
    auto const why = reason_of(of);
    auto const later = jitter(soonest, latest);
    if (!asks_for_events(asked)) {
        auto const seconds = std::chrono::ceil<std::chrono::seconds>(later).count();
        return refusal(status::service_unavailable, std::string(why.sentence))
            .header("Retry-After", fmt::to_string(seconds));
    }
    // Without an id: the one that it has had last is still to be named when it comes again.
    auto const told =
        event(fmt::format(R"({{"reason":"{}"}})", why.name)).type("fibercast.busy").retry(later);
    return stream_response(unfinished_text{told.encode()});
}

}  // namespace fibercast
