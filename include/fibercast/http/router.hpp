#pragma once

#include <fibercast/http/request.hpp>
#include <fibercast/http/response.hpp>

#include <boost/beast/http/verb.hpp>

#include <functional>
#include <map>
#include <string>

namespace fibercast {

/// Answers a request. Runs in the connection's fiber and may suspend. On many workers at once: what
/// it shares must be safe for that. An exception that leaves it becomes a response with status 500.
using handler = std::function<response(request const&)>;

/// Finds the handler by path and method. Set it up before the server starts; it is only read then.
class router {
public:
    /// The handler for exactly this path and method; a second one replaces the first. Throws
    /// `std::invalid_argument` when the path does not start with '/'.
    router& add(boost::beast::http::verb method, std::string path, handler answer);
    router& get(std::string path, handler answer);
    router& post(std::string path, handler answer);

    /// The handler's response. A path without handlers: 404. A method without one: 405 with
    /// `Allow`. HEAD asks the handler of GET, and the connection leaves the body out.
    response operator()(request const& asked) const;

private:
    using methods = std::map<boost::beast::http::verb, handler>;

    std::map<std::string, methods, std::less<>> paths_;
};

}  // namespace fibercast
