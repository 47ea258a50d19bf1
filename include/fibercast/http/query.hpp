#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/request.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fibercast {

/// What a '%' is that has no two hexadecimal digits behind it.
enum class stray_percent {
    refused,  ///< A mistake: `request_error`, which answers 400.
    literal,  ///< Itself, as browsers read it (https://url.spec.whatwg.org).
};

/// The parameters of a query or a form, `a=1&b=two+words`, decoded and in their order. A name may
/// come more than once, and a value may be empty.
class FIBERCAST_API parameters {
public:
    /// More are none: a body of a megabyte would become half a million, and everybody else on the
    /// worker wait for them.
    static constexpr std::size_t most = 1'000;

    /// Throws `request_error` (400) for more than `most`, and when a '%' has no two hexadecimal
    /// digits behind it that is not to be literal.
    explicit parameters(std::string_view encoded, stray_percent how = stray_percent::refused);

    /// The first value of that name.
    std::optional<std::string_view> first(std::string_view name) const noexcept;
    std::vector<std::string_view> all(std::string_view name) const;
    bool has(std::string_view name) const noexcept { return first(name).has_value(); }

    auto begin() const noexcept { return all_.begin(); }
    auto end() const noexcept { return all_.end(); }
    std::size_t size() const noexcept { return all_.size(); }

private:
    std::vector<std::pair<std::string, std::string>> all_;
};

/// What stands behind the '?' of the target. Throws `request_error`, which answers 400.
FIBERCAST_API parameters query_params(request const& asked,
                                      stray_percent how = stray_percent::refused);

/// What a page's form has posted. Throws `request_error`, which answers 400, or 415 when the body's
/// type is not `application/x-www-form-urlencoded`.
FIBERCAST_API parameters form_params(request const& asked,
                                     stray_percent how = stray_percent::refused);

}  // namespace fibercast
