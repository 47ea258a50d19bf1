#pragma once

#include <fibercast/api.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast {

/// One line of a header: `name: value`.
struct field {
    std::string name;
    std::string value;

    bool operator==(field const&) const = default;
};

/// The fields of a request or a response, in their order. Names are compared in any case.
class FIBERCAST_API fields {
public:
    /// Both throw `std::invalid_argument` when the name is no token or the value has a control
    /// character, for neither may end the line.
    void add(std::string_view name, std::string_view value);
    /// One field of that name instead of all that there are.
    void set(std::string_view name, std::string_view value);

    void erase(std::string_view name) noexcept;

    /// The value of the first field of that name.
    std::optional<std::string_view> find(std::string_view name) const noexcept;
    std::size_t count(std::string_view name) const noexcept;

    auto begin() const noexcept { return all_.begin(); }
    auto end() const noexcept { return all_.end(); }
    std::size_t size() const noexcept { return all_.size(); }
    bool empty() const noexcept { return all_.empty(); }
    void reserve(std::size_t count) { all_.reserve(count); }

private:
    std::vector<field> all_;
};

/// Whether these are the same letters, without regard to the case of ASCII's.
FIBERCAST_API bool equal_ignoring_case(std::string_view one, std::string_view other) noexcept;

/// Whether a method or a field may have this name (RFC 9110, section 5.6.2).
FIBERCAST_API bool is_token(std::string_view text) noexcept;

}  // namespace fibercast
