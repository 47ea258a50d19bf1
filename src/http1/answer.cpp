#include "answer.hpp"

#include <fibercast/http/request_error.hpp>
#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

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

void report_failure(request const& asked, std::string_view reason) {
    // `:?` escapes: the path is the client's, the reason may quote what it sent, and either may
    // hold bytes that control a terminal.
    log().error("the handler of {} {:?} has thrown: {:?}", asked.method(), asked.path(), reason);
}

}  // namespace

request request_of(boost::beast::http::request<boost::beast::http::string_body>&& parsed,
                   peer const& from) {
    fields all;
    all.reserve(static_cast<std::size_t>(std::distance(parsed.begin(), parsed.end())));
    for (auto const& each : parsed) all.add(view(each.name_string()), view(each.value()));
    return request(std::string(view(parsed.method_string())), view(parsed.target()), std::move(all),
                   std::move(parsed.body()), &from);
}

response answer_to(request const& asked, handler const& answer) {
    try {
        return answer(asked);
    } catch (request_error const& error) {
        log().debug("{} {:?} from {} is refused with {}: {:?}", asked.method(), asked.path(),
                    asked.peer().text(), static_cast<unsigned>(error.status()), error.what());
        return response::plain(error.status());
    } catch (std::exception const& failure) {
        report_failure(asked, failure.what());
    } catch (...) {
        report_failure(asked, "an exception of an unknown type");
    }
    return response::plain(status::internal_server_error);
}

}  // namespace fibercast
