#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace bench {

/// Finds the `data:` lines in one client's event stream and reads the sequence number at their
/// start, and the lines that begin the announcement of a gap; eight bytes of state per client.
class event_reader {
public:
    /// What a data line without a number counts as. Numbers begin with 1.
    static constexpr std::uint32_t no_number = 0;

    /// What the type of an event that announces a gap counts as; its data is one without a number.
    static constexpr std::uint32_t gap = UINT32_MAX;

    /// Calls `event(std::uint32_t number)` for each complete line of these.
    template <class Event>
    void feed(std::string_view body, Event&& event) {
        char const* at = body.data();
        char const* const end = at + body.size();
        while (at != end) {
            if (column_ == in_rest) {
                at = static_cast<char const*>(std::memchr(at, '\n', size_t(end - at)));
                if (!at) return;
            }
            char const c = *at++;
            if (c == '\n') {
                if (line_ == data_line && recognised_) event(number_);
                if (line_ == gap_line && recognised_) event(gap);
                *this = {};
                continue;
            }
            if (column_ == 0) line_ = c == beginnings[gap_line].front() ? gap_line : data_line;
            take(c);
        }
    }

private:
    static constexpr std::uint8_t data_line = 0;
    static constexpr std::uint8_t gap_line = 1;
    static constexpr std::array<std::string_view, 2> beginnings{"data:", "event: fibercast.gap"};
    static constexpr std::uint8_t in_number = 254;
    static constexpr std::uint8_t in_rest = 255;  // nothing before the end of line matters

    void take(char c) {
        auto const beginning = beginnings[line_];
        if (column_ < beginning.size()) {
            column_ = c == beginning[column_] ? static_cast<std::uint8_t>(column_ + 1) : in_rest;
            recognised_ = column_ == beginning.size();
        } else if (c == ' ' && column_ == beginning.size()) {
            ++column_;  // may follow the colon, or not
        } else if (c >= '0' && c <= '9') {
            column_ = in_number;
            number_ = number_ * 10 + static_cast<std::uint32_t>(c - '0');
        } else {
            column_ = in_rest;
        }
    }

    std::uint32_t number_ = no_number;
    std::uint8_t column_ = 0;
    std::uint8_t line_ = data_line;
    bool recognised_ = false;
};

}  // namespace bench
