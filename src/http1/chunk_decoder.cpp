#include "chunk_decoder.hpp"

#include <fibercast/http/fields.hpp>

#include <algorithm>

namespace fibercast {
namespace {

bool is_space(char c) noexcept { return c == ' ' || c == '\t'; }
bool is_name(char c) noexcept { return is_token({&c, 1}); }

/// What a quoted string or a field's value may have: no control characters.
bool is_text(char c) noexcept {
    auto const byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7f);
}

/// Whoever forwards the request with this among its fields would end it elsewhere.
bool is_framing(std::string_view name) noexcept {
    return equal_ignoring_case(name, "Content-Length") ||
           equal_ignoring_case(name, "Transfer-Encoding");
}

/// 16 when it is none.
unsigned hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    return 16;
}

}  // namespace

std::string_view chunk_decoder::decode(std::string_view& input) {
    while (!input.empty() && !done() && !failure_) {
        if (state_ == state::data) {
            auto const data = input.substr(
                0, static_cast<std::size_t>(std::min<std::uint64_t>(chunk_left_, input.size())));
            input.remove_prefix(data.size());
            chunk_left_ -= data.size();
            if (chunk_left_ == 0) state_ = state::data_cr;
            return data;
        }
        take(input.front());
        input.remove_prefix(1);
    }
    return {};
}

void chunk_decoder::take(char byte) {
    switch (state_) {
    case state::data_cr: return expect(byte, '\r', state::data_lf);
    case state::data_lf: line_ = 0; return expect(byte, '\n', state::size_first);
    case state::last_lf: return expect(byte, '\n', state::done);
    case state::trailer_lf: return expect(byte, '\n', state::trailer_first);
    case state::data:
    case state::done: return;
    default: break;
    }
    if (++line_ > longest_line_)
        return fail(status::request_header_fields_too_large, "a long size line, or trailers");
    if (state_ >= state::trailer_first) return take_trailer(byte);
    if (state_ >= state::line_end && state_ != state::size_lf) return take_extension(byte);
    take_size(byte);
}

void chunk_decoder::take_size(char byte) {
    if (state_ == state::size_lf)
        return byte == '\n' ? end_of_size_line() : fail(status::bad_request, "a bare CR");
    auto const digit = hex_digit(byte);
    if (digit < 16) return add_digit(digit);
    if (state_ == state::size_first) return fail(status::bad_request, "a chunk without a size");
    state_ = state::line_end;
    take_extension(byte);
}

void chunk_decoder::add_digit(unsigned digit) {
    if (state_ == state::size_first) chunk_left_ = 0;
    state_ = state::size;
    if (chunk_left_ >> 60 != 0) return fail(status::bad_request, "a chunk of over 2^64 bytes");
    chunk_left_ = chunk_left_ << 4 | digit;
}

void chunk_decoder::end_of_size_line() {
    if (chunk_left_ > data_left_) return fail(status::payload_too_large, "a large body");
    data_left_ -= chunk_left_;
    state_ = chunk_left_ == 0 ? state::trailer_first : state::data;
    line_ = 0;
}

/// `;name`, `;name=token` or `;name="quoted"`, with space anywhere between.
void chunk_decoder::take_extension(char byte) {
    switch (state_) {
    case state::quoted:
        if (byte == '"') {
            state_ = state::line_end;
        } else if (byte == '\\') {
            state_ = state::escaped;
        } else if (!is_text(byte)) {
            fail(status::bad_request, "a quoted string without an end");
        }
        return;
    case state::escaped:
        state_ = state::quoted;
        if (!is_text(byte)) fail(status::bad_request, "a quoted string without an end");
        return;
    case state::ext_name_first:
    case state::ext_value_first:
        if (is_space(byte)) return;
        if (state_ == state::ext_value_first && byte == '"') {
            state_ = state::quoted;
        } else if (is_name(byte)) {
            state_ = state_ == state::ext_name_first ? state::ext_name : state::ext_value;
        } else {
            fail(status::bad_request, "a chunk extension that is none");
        }
        return;
    case state::ext_name:
    case state::ext_value:
        if (is_name(byte)) return;
        break;
    default: break;
    }
    bool const named = state_ == state::ext_name || state_ == state::before_equals;
    bool const spaced = state_ == state::before_equals || state_ == state::before_semicolon;
    if (byte == '\r' && !spaced) {
        state_ = state::size_lf;
    } else if (byte == ';') {
        state_ = state::ext_name_first;
    } else if (byte == '=' && named) {
        state_ = state::ext_value_first;
    } else if (is_space(byte)) {
        state_ = named ? state::before_equals : state::before_semicolon;
    } else {
        fail(status::bad_request, "a size line with something behind the size");
    }
}

/// A line that begins with a space would be a folded one: no name does.
void chunk_decoder::take_trailer(char byte) {
    switch (state_) {
    case state::trailer_first:
        if (byte == '\r') {
            state_ = state::last_lf;
        } else if (is_name(byte)) {
            state_ = state::trailer_name;
            name_.assign(1, byte);
        } else {
            fail(status::bad_request, "a trailer that is no field");
        }
        return;
    case state::trailer_name:
        if (byte == ':') {
            state_ = state::trailer_value;
            if (is_framing(name_)) fail(status::bad_request, "a trailer about the framing");
        } else if (!is_name(byte)) {
            fail(status::bad_request, "a trailer that is no field");
        } else {
            name_ += byte;
        }
        return;
    default:
        if (byte == '\r') {
            state_ = state::trailer_lf;
        } else if (!is_text(byte)) {
            fail(status::bad_request, "a trailer with a control character");
        }
    }
}

void chunk_decoder::expect(char byte, char wanted, state then) {
    if (byte == wanted) {
        state_ = then;
    } else {
        fail(status::bad_request, "no line end where one must be");
    }
}

}  // namespace fibercast
