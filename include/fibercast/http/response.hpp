#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/body.hpp>
#include <fibercast/http/fields.hpp>
#include <fibercast/http/status.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace fibercast {

/// What a handler answers: a status, fields, and a body. The connection adds the fields that belong
/// to the transfer: Content-Length or Transfer-Encoding, and Connection.
class FIBERCAST_API response {
public:
    explicit response(fibercast::status code, any_body body = {})
        : status_(code), body_(std::move(body)) {}

    /// Text with its type set: `text/plain; charset=utf-8`.
    static response text(fibercast::status code, std::string body);
    /// The status's own name as text, for answers that need no more.
    static response plain(fibercast::status code);
    /// 503 for want of memory: there may be some in a second (`Retry-After`).
    static response not_now();

    /// Adds a field. Throws `std::invalid_argument` when the name is no token or the value has a
    /// control character, for neither may end the line, and for the fields that the connection
    /// sets.
    response& header(std::string_view name, std::string_view value) &;
    response&& header(std::string_view name, std::string_view value) && {
        return std::move(header(name, value));
    }

    /// The same, instead of all fields of that name.
    response& set(std::string_view name, std::string_view value) &;
    response&& set(std::string_view name, std::string_view value) && {
        return std::move(set(name, value));
    }

    /// Takes all fields of that name away.
    response& erase(std::string_view name) & noexcept {
        fields_.erase(name);
        return *this;
    }

    fibercast::status status() const noexcept { return status_; }
    fibercast::fields const& fields() const noexcept { return fields_; }
    any_body& body() noexcept { return body_; }
    any_body const& body() const noexcept { return body_; }

private:
    fibercast::status status_;
    fibercast::fields fields_;
    any_body body_;
};

}  // namespace fibercast
