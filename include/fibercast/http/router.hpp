#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/handler.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast {

/// The handler that finds others by path and method. Set it up before the server starts; it is only
/// read then, and by all workers at once.
///
/// A route's path is written decoded, and compared segment by segment, each decoded after the
/// request's path was split at its '/'. A segment is
///
///     jobs       this text;
///     {id}       anything but nothing: `request::param("id")`;
///     {rest...}  as the last one, all that is left, '/' included; it may be nothing.
///
/// What a parameter holds is the client's, decoded: it may be `..`, have a '/' or a NUL. Do not open
/// files by it unchecked.
///
/// A text goes before a parameter, and that before a rest: `/jobs/new` before `/jobs/{id}` before
/// `/{rest...}`, in whatever order they were added.
class FIBERCAST_API router {
public:
    router();

    /// The handler for this path and method; a second one replaces the first, also when only the
    /// parameters' names differ. Throws `std::invalid_argument` when the path is none of the above,
    /// a name comes twice or is no identifier, or the method is no token.
    router& add(std::string method, std::string_view path, handler answer);
    router& get(std::string_view path, handler answer);
    router& post(std::string_view path, handler answer);

    /// The handler's response. A path without handlers: 404. A method without one: 405 with
    /// `Allow`. HEAD asks the handler of GET, and the connection leaves the body out.
    response operator()(request const& asked) const;

private:
    struct route {
        std::vector<std::string> names;  // of the parameters, from left to right
        handler answer;
    };
    using methods = std::map<std::string, route, std::less<>>;

    // A tree of segments, in one vector so that routers can be copied. A place is an index; the
    // first node is the root, so that 0 can mean none.
    struct node {
        std::map<std::string, std::size_t, std::less<>> texts;
        std::size_t parameter = 0;
        std::size_t rest = 0;
        methods answers;
    };
    struct FIBERCAST_HIDDEN match;

    bool find(std::size_t at, match& in) const;
    static response choose(methods const& among, match& found, request const& asked);

    std::vector<node> nodes_;
};

}  // namespace fibercast
