#pragma once

#include <string>

/// Whether this machine has Prometheus's own checker; Debian's package is prometheus.
bool has_promtool();

/// What `promtool check metrics` has to say against a page of metrics; nothing: it is in order.
std::string promtool_on(std::string const& page);
