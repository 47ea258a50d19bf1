#pragma once

#include <fibercast/api.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast {

/// Writes what Prometheus reads: its text format 0.0.4. Names are in its style, in base units:
/// `fibercast_history_bytes`, and with `_total` at the end for what only grows. A help is one line
/// without backslashes.
///
/// No label of what there may be any number of: topics, addresses, ids.
class FIBERCAST_API metric_writer {
public:
    using labelled = std::pair<std::string_view, double>;

    /// What goes up and down.
    void gauge(std::string_view name, std::string_view help, double value);
    /// The same, by a label that has few values.
    void gauge(std::string_view name, std::string_view help, std::string_view label,
               std::initializer_list<labelled> all);
    /// What only grows, until the process ends.
    void counter(std::string_view name, std::string_view help, double value);
    void counter(std::string_view name, std::string_view help, std::string_view label,
                 std::initializer_list<labelled> all);

    /// What was written.
    std::string const& text() const noexcept { return text_; }

private:
    void begin(std::string_view name, std::string_view help, std::string_view type);
    void values(std::string_view name, std::string_view label, std::initializer_list<labelled> all);

    std::string text_;
};

}  // namespace fibercast
