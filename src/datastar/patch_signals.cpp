#include <fibercast/datastar/patch_signals.hpp>

#include "data_lines.hpp"

#include <stdexcept>
#include <utility>

namespace fibercast::datastar {

event patch_signals(std::string_view json, patch_signals_options const& how) {
    if (json.empty()) throw std::invalid_argument("a patch of signals needs a JSON object");
    data_lines lines;
    if (how.only_if_missing) lines.add("onlyIfMissing", "true");
    lines.add_text("signals", json);
    return std::move(lines).as("datastar-patch-signals", how.event_id, how.retry_duration);
}

}  // namespace fibercast::datastar
