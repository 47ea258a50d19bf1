#pragma once

#include <fibercast/api.hpp>
#include <fibercast/datastar/execute_script.hpp>
#include <fibercast/datastar/patch_elements.hpp>
#include <fibercast/datastar/patch_signals.hpp>
#include <fibercast/http/body.hpp>
#include <fibercast/http/output.hpp>
#include <fibercast/http/response.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/sse/event.hpp>

#include <chrono>
#include <concepts>
#include <string_view>
#include <utility>
#include <vector>

namespace fibercast::datastar {

/// The stream of one page, to which a body writes event after event: the `ServerSentEventGenerator`
/// of the other SDKs. Of one fiber.
///
/// All that sends suspends until the kernel has taken the event, and is false when the page is gone:
/// then the body should end.
class FIBERCAST_API sse {
public:
    /// Sends the response's head, so that the page knows it is connected. `to` must outlive it.
    explicit sse(output& to);

    bool send(event const& what);

    bool patch_elements(std::string_view elements, patch_elements_options const& how = {}) {
        return send(datastar::patch_elements(elements, how));
    }
    bool patch_signals(std::string_view json, patch_signals_options const& how = {}) {
        return send(datastar::patch_signals(json, how));
    }
    bool execute_script(std::string_view script, execute_script_options const& how = {}) {
        return send(datastar::execute_script(script, how));
    }

    /// Suspends until then, for as long as the page reads. False: it is gone or the server drains,
    /// maybe before, and the body should end. Of a server that drains the page knows then that the
    /// stream was not at its end, and comes back.
    [[nodiscard]] bool sleep_until(deadline until);

    template <typename Rep, typename Period>
    [[nodiscard]] bool sleep_for(std::chrono::duration<Rep, Period> span) {
        return sleep_until(after(span));
    }

    /// What it writes to.
    output& to() noexcept { return to_; }

private:
    output& to_;
};

namespace detail {

template <typename F>
struct generator {
    F write;
};

template <typename F>
void write_body(generator<F>& it, output& out) {
    sse page(out);
    it.write(page);
}

FIBERCAST_API response answer_of(any_body events);

}  // namespace detail

/// The response whose events `write` sends, one by one, by the `sse&` that it is called with. It runs
/// in the connection's fiber and on its small stack, and may suspend. The request is gone then: it
/// must not be referred to. The page takes its return for the end of the matter and does not come
/// back, unless it asked with `retry: 'always'`.
template <std::invocable<sse&> F>
response event_stream(F write) {
    return detail::answer_of(detail::generator<F>{std::move(write)});
}

/// The response that is just these events.
FIBERCAST_API response event_stream(std::vector<event> const& events);

}  // namespace fibercast::datastar
