#include <fibercast/service/health.hpp>

#include <utility>

namespace fibercast {
namespace {

response state(status code, char const* text) {
    return response::text(code, text).header("Cache-Control", "no-store");
}

}  // namespace

handler liveness() {
    return [](request const&) { return state(status::ok, "alive\n"); };
}

handler readiness(std::function<bool()> ready) {
    return [ready = std::move(ready)](request const&) {
        return ready() ? state(status::ok, "ready\n")
                       : state(status::service_unavailable, "stopping\n");
    };
}

}  // namespace fibercast
