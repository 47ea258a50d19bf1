#include "answer.hpp"

#include "http/handler_log.hpp"

#include <fibercast/http/answered.hpp>
#include <fibercast/runtime/activity.hpp>
#include <fibercast/runtime/handler_stack.hpp>

#include <string>
#include <utility>

namespace fibercast {

request request_of(request_head&& head, std::string body, peer const& from) {
    return request(std::move(head.method), head.target, std::move(head.fields), std::move(body),
                   &from);
}

response answer_to(request const& asked, handler const& answer) {
    return answered(asked, [&answer](request const& it) {
        activity const now(
            &it, [](void const* of) { return described(*static_cast<request const*>(of)); });
        return on_handler_stack([&] { return answer(it); });
    });
}

response answer_to(rejection const& refused) {
    if (refused.code == status::service_unavailable) return response::not_now();
    return response::plain(refused.code);
}

}  // namespace fibercast
