#pragma once

#include <fibercast/api.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast {

/// One Server-Sent Event. What could break the format cannot be put into it: an `event` that exists
/// encodes to exactly one event on the client.
class FIBERCAST_API event {
public:
    /// `data` may hold anything. Its lines (ended by CRLF, LF or CR) become lines of the event, and
    /// the client joins them with LF.
    explicit event(std::string data) : data_(std::move(data)) {}

    /// The id that a client sends back as Last-Event-ID when it reconnects. Throws
    /// `std::invalid_argument` for CR, LF or NUL, and for an empty id, which would erase the
    /// client's.
    event& id(std::string id) &;
    event&& id(std::string id) && { return std::move(this->id(std::move(id))); }

    /// The type that selects the client's listener; "message" without one. Throws
    /// `std::invalid_argument` for CR, LF or NUL, and for an empty type.
    event& type(std::string type) &;
    event&& type(std::string type) && { return std::move(this->type(std::move(type))); }

    /// How long a client waits before it reconnects. Throws `std::invalid_argument` for a negative
    /// time.
    event& retry(std::chrono::milliseconds delay) &;
    event&& retry(std::chrono::milliseconds delay) && { return std::move(this->retry(delay)); }

    /// Empty: it has none.
    std::string const& id() const noexcept { return id_; }

    /// The event as it goes over the wire, with the empty line at its end.
    std::string encode() const;

private:
    std::string data_;
    std::string id_;
    std::string type_;
    std::optional<std::chrono::milliseconds> retry_;
};

/// A comment that clients ignore and that keeps the connection busy. No empty line follows: some
/// clients take one for an event without data.
inline constexpr std::string_view keep_alive_comment = ":\n";

}  // namespace fibercast
