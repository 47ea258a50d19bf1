#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/verb.hpp>

#include <string>
#include <string_view>

namespace fibercast {

/// A complete request that has passed the checks of `http/framing.hpp`.
///
/// Handlers get it by reference and must not keep it: it is gone before the response is written.
class request {
public:
    using message_type = boost::beast::http::request<boost::beast::http::string_body>;

    explicit request(message_type message) : message_(std::move(message)) {}

    boost::beast::http::verb method() const noexcept { return message_.method(); }
    /// The method as it was sent.
    std::string_view method_name() const noexcept;

    /// The target without scheme and authority, which proxies' requests have: it starts with '/',
    /// or is
    /// "*" for OPTIONS. Not decoded.
    std::string_view target() const noexcept;
    /// The target up to the '?'. Not decoded.
    std::string_view path() const noexcept;
    /// The target after the '?'; empty without one. Not decoded.
    std::string_view query() const noexcept;

    /// The first field of that name, in any case; empty when there is none.
    std::string_view header(std::string_view name) const noexcept;

    std::string const& body() const noexcept { return message_.body(); }

    /// All of it, as Beast has it.
    message_type const& message() const noexcept { return message_; }

private:
    message_type message_;
};

}  // namespace fibercast
