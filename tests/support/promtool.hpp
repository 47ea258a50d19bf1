#pragma once

#include <string>

/// What `promtool check metrics`, Prometheus's own checker, has to say against a page of metrics;
/// nothing: it is in order. Debian's package is prometheus.
std::string promtool_on(std::string const& page);
