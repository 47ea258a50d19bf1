#pragma once

#include "encoded_piece.hpp"
#include "windows.hpp"

#include <fibercast/coding/content_coding.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fibercast {

/// What the same bytes are in each coding, made when it is first asked for: a piece for those at the
/// place where most are, and one for everybody else, which starts anew. Belongs to one worker.
class encoded_forms {
public:
    /// For a stream that is at `from`; null: at its beginning. `plain`, always the same, is not
    /// empty. What is returned stays as long as this. Throws `std::bad_alloc`.
    encoded_piece const& piece_for(place* from, content_coding coding, std::string_view plain,
                                   windows& in);

    /// CRC-32 of all that a stream says, `before` included.
    std::uint32_t checksum_behind(std::uint32_t before, std::string_view plain) noexcept;

    /// What all that was made takes.
    std::size_t bytes() const noexcept { return bytes_; }

private:
    struct form {
        encoded_piece following;
        place_ptr from;  // whom it follows
        encoded_piece anew;
    };

    void kept(encoded_piece const& made, encoded_piece const& beside) noexcept;

    std::array<form, 3> forms_;
    std::size_t bytes_ = 0;
    bool summed_ = false;
    std::uint32_t sum_ = 0;            // of these bytes alone,
    std::uint32_t shift_by_size_ = 0;  // and how to put them behind others
};

}  // namespace fibercast
