#include <fibercast/service/metric_writer.hpp>

#include <fmt/format.h>

#include <iterator>

namespace fibercast {
namespace {

/// All digits of what is counted, and no more of what is measured than make it this number.
std::string number(double value) { return fmt::format("{}", value); }

}  // namespace

void metric_writer::begin(std::string_view name, std::string_view help, std::string_view type) {
    fmt::format_to(std::back_inserter(text_), "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
}

void metric_writer::gauge(std::string_view name, std::string_view help, double value) {
    begin(name, help, "gauge");
    fmt::format_to(std::back_inserter(text_), "{} {}\n", name, number(value));
}

void metric_writer::values(std::string_view name, std::string_view label,
                           std::initializer_list<labelled> all) {
    for (auto const& [value, count] : all)
        fmt::format_to(std::back_inserter(text_), "{}{{{}=\"{}\"}} {}\n", name, label, value,
                       number(count));
}

void metric_writer::gauge(std::string_view name, std::string_view help, std::string_view label,
                          std::initializer_list<labelled> all) {
    begin(name, help, "gauge");
    values(name, label, all);
}

void metric_writer::counter(std::string_view name, std::string_view help, double value) {
    begin(name, help, "counter");
    fmt::format_to(std::back_inserter(text_), "{} {}\n", name, number(value));
}

void metric_writer::counter(std::string_view name, std::string_view help, std::string_view label,
                            std::initializer_list<labelled> all) {
    begin(name, help, "counter");
    values(name, label, all);
}

}  // namespace fibercast
