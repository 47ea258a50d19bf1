#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/fields.hpp>
#include <fibercast/http/peer.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fibercast {

/// A complete request that has passed the server's checks.
///
/// Handlers get it by reference and must not keep it: it is gone before the response is written.
class FIBERCAST_API request {
public:
    /// `target` as it goes over the wire. Throws `std::invalid_argument` when its path has a '%'
    /// without two hexadecimal digits. `from` must outlive the request; a test's request may be
    /// from nobody.
    request(std::string method, std::string_view target, fibercast::fields fields = {},
            std::string body = {}, fibercast::peer const* from = nullptr);

    /// As it was sent, in capitals as a rule: "GET".
    std::string_view method() const noexcept { return method_; }

    /// The target without scheme and authority, which proxies' requests have: it starts with '/',
    /// or is "*" for OPTIONS. Not decoded.
    std::string_view target() const noexcept { return target_; }

    /// The target up to the '?', decoded: for reading, as an encoded '/' is one among others here.
    std::string_view path() const noexcept { return path_; }
    /// The same, not decoded.
    std::string_view raw_path() const noexcept;
    /// The target after the '?'; empty without one. Not decoded: see `query_params`.
    std::string_view query() const noexcept;

    /// What the router has found in place of `{name}`, decoded; empty when there is no such name in
    /// the route's path.
    std::string_view param(std::string_view name) const noexcept;

    /// The first field of that name, in any case; empty when there is none.
    std::string_view header(std::string_view name) const noexcept;
    fibercast::fields const& fields() const noexcept { return fields_; }

    std::string const& body() const noexcept { return body_; }

    /// Where it comes from.
    socket_address peer() const noexcept {
        return from_ == nullptr ? socket_address() : from_->address();
    }

private:
    friend class router;

    using parameters = std::vector<std::pair<std::string, std::string>>;

    std::string method_;
    std::string target_;
    std::string path_;
    fibercast::fields fields_;
    std::string body_;
    fibercast::peer const* from_;
    // A router gives the request on as it came, and adds what only it knows. The request belongs to
    // one fiber, so that nobody sees it change.
    mutable parameters params_;
};

}  // namespace fibercast
