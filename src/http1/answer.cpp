#include "answer.hpp"

#include "request_log.hpp"

#include <fibercast/http/request_error.hpp>
#include <fibercast/runtime/handler_stack.hpp>

#include <exception>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast {
namespace {

std::string_view view(boost::beast::string_view text) noexcept {
    return {text.data(), text.size()};
}

}  // namespace

request request_of(boost::beast::http::request_header<> const& parsed, std::string body,
                   peer const& from) {
    fields all;
    all.reserve(static_cast<std::size_t>(std::distance(parsed.begin(), parsed.end())));
    for (auto const& each : parsed) all.add(view(each.name_string()), view(each.value()));
    return request(std::string(view(parsed.method_string())), view(parsed.target()), std::move(all),
                   std::move(body), &from);
}

response answer_to(request const& asked, handler const& answer) {
    try {
        return on_handler_stack([&] { return answer(asked); });
    } catch (request_error const& error) {
        log_request_error(asked, error.status(), error.what());
        return response::plain(error.status());
    } catch (std::exception const& failure) {
        log_failure(asked, failure.what());
    } catch (...) {
        log_failure(asked, "an exception of an unknown type");
    }
    return response::plain(status::internal_server_error);
}

response answer_to(rejection const& refused) {
    auto answer = response::plain(refused.code);
    if (refused.code == status::service_unavailable) answer.header("Retry-After", "1");
    return answer;
}

}  // namespace fibercast
