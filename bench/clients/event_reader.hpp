#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace bench {

/// Finds the `data:` lines in one client's event stream and reads the sequence number at their
/// start; eight bytes of state per client.
class event_reader {
public:
    /// What a data line without a number counts as. Numbers begin with 1.
    static constexpr std::uint32_t no_number = 0;

    /// Calls `event(std::uint32_t number)` for each complete data line.
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
                if (is_data_) event(number_);
                column_ = 0;
                is_data_ = false;
                number_ = no_number;
            } else if (column_ < prefix.size()) {
                column_ = c == prefix[column_] ? static_cast<std::uint8_t>(column_ + 1) : in_rest;
                is_data_ = column_ == prefix.size();
            } else if (c == ' ' && column_ == prefix.size()) {
                ++column_;  // may follow the colon, or not
            } else if (c >= '0' && c <= '9') {
                column_ = in_number;
                number_ = number_ * 10 + static_cast<std::uint32_t>(c - '0');
            } else {
                column_ = in_rest;
            }
        }
    }

private:
    static constexpr std::string_view prefix = "data:";
    static constexpr std::uint8_t in_number = 254;
    static constexpr std::uint8_t in_rest = 255;  // nothing before the end of line matters

    std::uint32_t number_ = no_number;
    std::uint8_t column_ = 0;
    bool is_data_ = false;
};

}  // namespace bench
