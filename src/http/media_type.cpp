#include "media_type.hpp"

#include "trimmed.hpp"

#include <fibercast/http/request_error.hpp>

namespace fibercast {

std::string media_type_in(std::string_view field_value) {
    std::string type(taken_to(field_value, ';'));
    for (auto& each : type) {
        if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
    }
    return type;
}

std::string_view plain_body(request const& asked) {
    if (!asked.header("Content-Encoding").empty())
        throw request_error("an encoded body is not understood", status::unsupported_media_type);
    return asked.body();
}

std::string_view body_of_type(request const& asked, std::string_view type, std::string_view what) {
    if (media_type_in(asked.header("Content-Type")) != type)
        throw request_error(std::string(what) + " of another type", status::unsupported_media_type);
    return plain_body(asked);
}

}  // namespace fibercast
