#include "answer.hpp"

#include "request_log.hpp"

#include <fibercast/http/request_error.hpp>
#include <fibercast/runtime/activity.hpp>
#include <fibercast/runtime/handler_stack.hpp>

#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast {
namespace {

/// There was no memory for it, and there may be soon.
response not_now() {
    return response::plain(status::service_unavailable).header("Retry-After", "1");
}

}  // namespace

request request_of(request_head&& head, std::string body, peer const& from) {
    return request(std::move(head.method), head.target, std::move(head.fields), std::move(body),
                   &from);
}

response answer_to(request const& asked, handler const& answer) {
    try {
        activity const now(
            &asked, [](void const* it) { return described(*static_cast<request const*>(it)); });
        return on_handler_stack([&] { return answer(asked); });
    } catch (request_error const& error) {
        log_request_error(asked, error.status(), error.what());
        return response::plain(error.status());
    } catch (std::bad_alloc const& failure) {
        log_failure(asked, failure.what());
        return not_now();
    } catch (std::exception const& failure) {
        log_failure(asked, failure.what());
    } catch (...) {
        log_failure(asked, "an exception of an unknown type");
    }
    return response::plain(status::internal_server_error);
}

response answer_to(rejection const& refused) {
    if (refused.code == status::service_unavailable) return not_now();
    return response::plain(refused.code);
}

}  // namespace fibercast
