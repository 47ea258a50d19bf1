#include "head_parser.hpp"

#include <string_view>

namespace fibercast {
namespace {

std::string_view view(boost::beast::string_view text) noexcept {
    return {text.data(), text.size()};
}

}  // namespace

void head_parser::on_request_impl(boost::beast::http::verb, string_view method, string_view target,
                                  int version, error_code&) {
    head_.method = view(method);
    head_.target = view(target);
    head_.version = static_cast<unsigned>(version);
}

void head_parser::on_field_impl(boost::beast::http::field, string_view name, string_view value,
                                error_code&) {
    head_.fields.add(view(name), view(value));
}

}  // namespace fibercast
