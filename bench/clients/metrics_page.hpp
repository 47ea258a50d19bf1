#pragma once

#include "clients/endpoint.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bench {

/// What a server says of itself in the text format of Prometheus. Waits for the answer; throws
/// `failure` if none comes, or another than 200.
std::string read_metrics_page(endpoint const& at);

/// The value of a metric without labels; nothing if the page has none of that name.
std::optional<double> metric_in(std::string const& page, std::string_view name);

}  // namespace bench
