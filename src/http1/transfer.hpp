#pragma once

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
};

}  // namespace fibercast
