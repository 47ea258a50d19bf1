#pragma once

#include "log_file.hpp"
#include "log_line.hpp"
#include "text_output.hpp"

#include <spdlog/logger.h>

#include <memory>
#include <string>
#include <string_view>

namespace fibercast::app {

/// The log of the library and the program, and what else belongs there: on standard error, or in a
/// file. A log line never makes a worker wait: see `text_output`.
class process_log {
public:
    /// While it lives, what is logged goes through it, if it is as important as `least`: to the
    /// file, or to standard error when that is empty. Throws `std::system_error` when the file
    /// cannot be opened.
    process_log(spdlog::level::level_enum least, log_format as, std::string const& file = {});
    /// Waits a second for what is left to be written.
    ~process_log();
    process_log(process_log const&) = delete;
    process_log& operator=(process_log const&) = delete;

    /// What is no log line, but belongs between them.
    void write(std::string_view text) { output_->write(log_remark(text, format_)); }

    /// Blocks until all is written. False: the time was up.
    bool flush(deadline until) { return output_->flush(until); }

    void set_level(spdlog::level::level_enum least) { logger_->set_level(least); }

    bool in_file() const noexcept { return file_ != nullptr; }

    /// Whether it was on a terminal that has gone away.
    bool terminal_is_gone() const noexcept;

    /// As of the file, if there is one.
    void reopen() {
        if (file_) file_->reopen();
    }

    /// How many lines nobody has read.
    std::uint64_t dropped() const { return output_->dropped(); }

private:
    log_format const format_;
    bool const on_terminal_;
    std::shared_ptr<log_file> const file_;  // the output's too: its thread may outlive this object
    std::shared_ptr<text_output> const output_;
    std::shared_ptr<spdlog::logger> const logger_;
};

}  // namespace fibercast::app
