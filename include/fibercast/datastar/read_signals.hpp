#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/request.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value_to.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast::datastar {

/// The signals that a page has sent with a request.
class FIBERCAST_API signals {
public:
    explicit signals(boost::json::object all) : all_(std::move(all)) {}

    /// The signal of that path, with dots as in the page: `get<std::string>("user.name")`. `T` is
    /// anything that `boost::json::value_to` makes: numbers, `bool`, `std::string`, vectors and maps
    /// of these, types of yours. Throws `request_error`, which answers 400, when the page has sent
    /// none of that path, or one of another type.
    template <typename T>
    T get(std::string_view path) const {
        auto const* const value = at(path);
        if (value == nullptr) refuse(path, "is missing");
        return converted<T>(*value, path);
    }

    /// The same; nothing when there is none, or null.
    template <typename T>
    std::optional<T> find(std::string_view path) const {
        auto const* const value = at(path);
        if (value == nullptr || value->is_null()) return std::nullopt;
        return converted<T>(*value, path);
    }

    /// All of them.
    boost::json::object const& json() const noexcept { return all_; }

private:
    template <typename T>
    static T converted(boost::json::value const& from, std::string_view path) {
        auto made = boost::json::try_value_to<T>(from);
        if (!made) refuse(path, "is of another type");
        return *std::move(made);
    }

    [[noreturn]] static void refuse(std::string_view path, std::string_view why);

    /// Null: there is none.
    boost::json::value const* at(std::string_view path) const noexcept;

    boost::json::object all_;
};

/// What a page has sent: in the query's `datastar` by GET and DELETE, in the body by other methods. A
/// request whose query has none, as curl's, has no signals; with a DELETE the body is looked at then,
/// where older pages have them.
///
/// Throws `request_error`: 400 for what is no JSON object, which an empty body is not either; 415 for
/// a body that does not say it is `application/json`, such as a form's (`form_params`), or that is
/// encoded. A page of another site cannot send that without having asked by CORS.
FIBERCAST_API signals read_signals(request const& asked);

}  // namespace fibercast::datastar
