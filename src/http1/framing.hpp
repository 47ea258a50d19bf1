#pragma once

#include <fibercast/http/request.hpp>
#include <fibercast/http/response.hpp>

#include <boost/beast/http/message.hpp>
#include <boost/system/error_code.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace fibercast {

/// How the end of a response's body is marked.
enum class framing {
    none,         ///< There is no body: HEAD, or a status that forbids one.
    sized,        ///< Content-Length.
    chunked,      ///< Transfer-Encoding: chunked.
    until_close,  ///< By closing: a client of HTTP/1.0 knows nothing else for an unknown length.
};

/// What a response needs to know of the request it answers.
struct transfer {
    unsigned version = 11;    ///< 10 or 11.
    bool head = false;        ///< Leave the body out.
    bool keep_alive = false;  ///< The connection may serve another request.
    bool linger = false;  ///< Unread input may be left: closing at once would destroy the response.
};

/// Whether a header that Beast has parsed is one we go on with. Closes the gaps through which
/// requests are smuggled past Beast 1.81, and asks for exactly one Host; otherwise the status to
/// refuse with.
std::optional<status> refusal(boost::beast::http::request_header<> const& header);

/// Whether the client waits for a word before it sends its body.
bool expects_continue(boost::beast::http::request_header<> const& header);

/// Records that the handler of a request has thrown.
void report_handler_failure(request const& asked, std::string_view reason);

/// The status that answers a failed read; none when there is nobody to answer: the peer has gone or
/// was too slow.
std::optional<status> status_for(boost::system::error_code error);

framing framing_of(response const& answer, transfer const& with);

/// Status line and all fields, with the empty line that ends them.
std::string head_of(response const& answer, transfer const& with, framing how);

}  // namespace fibercast
