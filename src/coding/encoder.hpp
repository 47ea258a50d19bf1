#pragma once

#include <fibercast/coding/content_coding.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace fibercast {

/// Compresses what is said bit by bit: each piece ends at a whole byte, and what it says can be read
/// as soon as it has come. The first piece, and the first after `start_anew`, refers to nothing
/// before itself. So a decoder can go on with it behind any other pieces of the same coding, whatever
/// they say and of whatever encoders; and what follows it is for those that have had it. Belongs to
/// one thread.
class encoder {
public:
    /// Takes what its library needs, most of it for the first piece: 0.3 MiB for gzip, 0.8 to 1.2 for
    /// br, 1.8 for zstd. Throws `std::bad_alloc`. `coding` is not `identity`.
    static std::unique_ptr<encoder> make(content_coding coding);

    virtual ~encoder() = default;

    /// Both throw `std::bad_alloc`, and then only `start_anew` helps.
    virtual void start_anew() = 0;
    virtual void append_encoded(std::string_view plain, std::string& to) = 0;
};

/// What a stream begins with, before its first piece.
std::string_view opening_of(content_coding coding);

/// What stands between a piece and one that starts anew.
std::string_view ending_of_piece(content_coding coding) noexcept;

/// What a stream ends with that is meant to be whole. `checksum` and `size`: of all that its pieces
/// say, CRC-32 and the number of bytes.
std::string closing_of(content_coding coding, std::uint32_t checksum, std::uint32_t size);

}  // namespace fibercast
