#pragma once

#include "rejection.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fibercast {

/// Takes the framing off a body that comes in chunks (RFC 9112, section 7.1). Strict: whatever two
/// readers could understand differently is an error, at its first byte. Extensions are checked and
/// ignored, and so are trailers: nobody reads a field after the header was checked.
class chunk_decoder {
public:
    /// Of all data together, and of a size line or of all trailers: more is refused.
    chunk_decoder(std::uint64_t most_data, std::size_t longest_line)
        : data_left_(most_data), longest_line_(longest_line) {}

    /// Takes bytes from the front of `input` up to some of the data, and returns these; when there
    /// are none, all of `input` is taken, or the body is `done`, or there is a `failure`.
    std::string_view decode(std::string_view& input);

    /// Input left behind that belongs to the next request.
    bool done() const noexcept { return state_ == state::done; }
    std::optional<rejection> failure() const noexcept { return failure_; }

private:
    enum class state : unsigned char {
        size_first,        // the first digit of a chunk's size must come
        size,              // more digits
        line_end,          // of a size line; or an extension
        before_semicolon,  // space was there, so that the line may not end
        ext_name_first,
        ext_name,
        before_equals,  // space was there
        ext_value_first,
        ext_value,
        quoted,
        escaped,  // behind a backslash in quotes
        size_lf,
        data,
        data_cr,
        data_lf,
        trailer_first,  // a trailer, or the empty line that ends the body
        trailer_name,
        trailer_value,
        trailer_lf,
        last_lf,
        done,
    };

    void take(char byte);
    void take_size(char byte);
    void take_extension(char byte);
    void take_trailer(char byte);
    void end_of_size_line();
    void add_digit(unsigned digit);
    void expect(char byte, char wanted, state then);
    void fail(status code, char const* why) noexcept { failure_ = rejection{code, why}; }

    std::uint64_t data_left_;  // that may still come
    std::size_t const longest_line_;
    std::size_t line_ = 0;          // bytes of this size line, or of the trailers
    std::uint64_t chunk_left_ = 0;  // of this chunk's data; its size while that is read
    state state_ = state::size_first;
    std::string name_;  // of this trailer
    std::optional<rejection> failure_;
};

}  // namespace fibercast
