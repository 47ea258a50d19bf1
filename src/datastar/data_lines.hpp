#pragma once

#include <fibercast/sse/event.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace fibercast::datastar {

/// The data of an event: lines that begin with a name.
class data_lines {
public:
    /// One line. Throws `std::invalid_argument` when the value has CR, LF or NUL in it, with which it
    /// would be more.
    void add(std::string_view name, std::string_view value);

    /// A line for each line of the text, ended by CRLF, LF or CR.
    void add_text(std::string_view name, std::string_view text);

    /// An empty id is none.
    event as(char const* type, std::string const& id, std::chrono::milliseconds retry) &&;

private:
    void append(std::string_view name, std::string_view line);

    std::string text_;
};

}  // namespace fibercast::datastar
