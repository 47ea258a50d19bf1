#pragma once

#include <fibercast/http/handler.hpp>

#include <functional>
#include <map>
#include <string>

namespace fibercast {

/// Finds the handler by path and method. Set it up before the server starts; it is only read then.
class router {
public:
    /// The handler for exactly this path and method; a second one replaces the first. Throws
    /// `std::invalid_argument` when the path does not start with '/', or the method is no token.
    router& add(std::string method, std::string path, handler answer);
    router& get(std::string path, handler answer);
    router& post(std::string path, handler answer);

    /// The handler's response. A path without handlers: 404. A method without one: 405 with
    /// `Allow`. HEAD asks the handler of GET, and the connection leaves the body out.
    response operator()(request const& asked) const;

private:
    using methods = std::map<std::string, handler, std::less<>>;

    std::map<std::string, methods, std::less<>> paths_;
};

}  // namespace fibercast
