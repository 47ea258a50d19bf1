#include "datastar/sdk_events.hpp"

#include <fibercast/datastar/datastar.hpp>
#include <fibercast/http/request_error.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>

namespace {

namespace datastar = fibercast::datastar;
namespace json = boost::json;

constexpr std::array<char const*, 8> modes{"outer",  "inner",  "replace", "prepend",
                                           "append", "before", "after",   "remove"};
constexpr std::array<char const*, 3> namespaces{"html", "svg", "mathml"};

/// The enumerator whose name is at its place among `names`.
template <typename T, std::size_t N>
T named(std::array<char const*, N> const& names, std::string const& name) {
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) throw fibercast::request_error("there is no " + name);
    return static_cast<T>(found - names.begin());
}

template <typename T>
T options_of(datastar::signals const& from) {
    T made;
    made.event_id = from.find<std::string>("eventId").value_or("");
    if (auto const time = from.find<int>("retryDuration"))
        made.retry_duration = std::chrono::milliseconds(*time);
    return made;
}

fibercast::event elements(datastar::signals const& from) {
    auto how = options_of<datastar::patch_elements_options>(from);
    how.selector = from.find<std::string>("selector").value_or("");
    how.mode = named<datastar::patch_mode>(modes, from.find<std::string>("mode").value_or("outer"));
    how.use_view_transition = from.find<bool>("useViewTransition").value_or(false);
    how.view_transition_selector = from.find<std::string>("viewTransitionSelector").value_or("");
    how.namespace_ = named<datastar::element_namespace>(
        namespaces, from.find<std::string>("namespace").value_or("html"));
    return datastar::patch_elements(from.find<std::string>("elements").value_or(""), how);
}

fibercast::event signals(datastar::signals const& from) {
    auto how = options_of<datastar::patch_signals_options>(from);
    how.only_if_missing = from.find<bool>("onlyIfMissing").value_or(false);
    if (auto const raw = from.find<std::string>("signals-raw"))
        return datastar::patch_signals(*raw, how);
    return datastar::patch_signals(json::serialize(from.get<json::object>("signals")), how);
}

fibercast::event script(datastar::signals const& from) {
    auto how = options_of<datastar::execute_script_options>(from);
    how.auto_remove = from.find<bool>("autoRemove").value_or(true);
    for (auto const& each : from.find<json::object>("attributes").value_or(json::object())) {
        auto const name = each.key();
        how.attributes.emplace_back(std::string(name.data(), name.size()),
                                    json::value_to<std::string>(each.value()));
    }
    return datastar::execute_script(from.get<std::string>("script"), how);
}

fibercast::event one(datastar::signals const& from) {
    auto const type = from.get<std::string>("type");
    if (type == "patchElements") return elements(from);
    if (type == "patchSignals") return signals(from);
    if (type == "executeScript") return script(from);
    throw fibercast::request_error("there is no type " + type);
}

}  // namespace

std::vector<fibercast::event> sdk_events(datastar::signals const& asked) {
    std::vector<fibercast::event> all;
    for (auto& each : asked.get<std::vector<json::object>>("events"))
        all.push_back(one(datastar::signals(std::move(each))));
    return all;
}
