#include "console_feed.hpp"

#include "sse/stream_response.hpp"

#include <fibercast/http/sleep.hpp>
#include <fibercast/sse/event.hpp>

#include <chrono>
#include <utility>

namespace fibercast::app {
namespace {

constexpr std::chrono::seconds between{1};

struct feed {
    std::shared_ptr<console_state> of;
};

void write_body(feed& it, output& out) {
    // A page is to be there again as soon as the server is.
    auto next = event(it.of->now()).retry(between);
    while (out.write(next.encode()) && sleep_for(out, between)) next = event(it.of->now());
    out.leave_unfinished();
}

}  // namespace

handler console_feed(std::shared_ptr<console_state> of) {
    return [of = std::move(of)](request const&) { return stream_response(feed{of}); };
}

}  // namespace fibercast::app
