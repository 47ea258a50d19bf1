#pragma once

#include "log_line.hpp"
#include "text_output.hpp"

#include <spdlog/common.h>

#include <memory>
#include <string_view>

namespace fibercast::app {

/// The log of the library and the program, and what else goes to standard error. A log line never
/// makes a worker wait: see `text_output`.
class process_log {
public:
    /// While it lives, what is logged goes through it, if it is as important as `least`.
    process_log(spdlog::level::level_enum least, log_format as);
    /// Waits a second for what is left to be written.
    ~process_log();
    process_log(process_log const&) = delete;
    process_log& operator=(process_log const&) = delete;

    /// What is no log line, but belongs between them.
    void write(std::string_view text) { output_->write(log_remark(text, format_)); }

    /// Blocks until all is written. False: the time was up.
    bool flush(deadline until) { return output_->flush(until); }

    /// How many lines nobody has read.
    std::uint64_t dropped() const { return output_->dropped(); }

private:
    log_format const format_;
    std::shared_ptr<text_output> const output_;
};

}  // namespace fibercast::app
