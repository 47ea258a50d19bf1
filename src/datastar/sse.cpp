#include <fibercast/datastar/sse.hpp>

#include "sse/stream_response.hpp"

#include <fibercast/http/peer.hpp>
#include <fibercast/http/sleep.hpp>

#include <string>
#include <utility>

namespace fibercast::datastar {

sse::sse(output& to) : to_(to) {
    (void)to.flush();  // what is sent next says whether the page is there
}

bool sse::send(event const& what) { return to_.write(what.encode()); }

bool sse::sleep_until(deadline until) {
    if (fibercast::sleep_until(to_, until)) return true;
    if (to_.peer().draining()) to_.leave_unfinished();
    return false;
}

response detail::answer_of(any_body events) { return stream_response(std::move(events)); }

response event_stream(std::vector<event> const& events) {
    std::string all;
    for (auto const& each : events) all += each.encode();
    return detail::answer_of(std::move(all));
}

}  // namespace fibercast::datastar
