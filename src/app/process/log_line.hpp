#pragma once

#include <spdlog/details/log_msg.h>

#include <string>
#include <string_view>

namespace fibercast::app {

enum class log_format : unsigned char {
    text,  ///< For people.
    json,  ///< For programs: an object for each line.
};

/// One line of the log, with its end. As text the level may be coloured, for a terminal.
std::string log_line(spdlog::details::log_msg const& message, log_format as, bool coloured = false);

/// What is no message of the log's, but stands between them: as it is, or each of its lines as an
/// object.
std::string log_remark(std::string_view text, log_format as);

}  // namespace fibercast::app
