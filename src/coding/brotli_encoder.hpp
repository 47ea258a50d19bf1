#pragma once

#include "encoder.hpp"

#include <memory>
#include <string>
#include <string_view>

struct BrotliEncoderStateStruct;

namespace fibercast {

/// Meta-blocks of Brotli (RFC 7932), without the header of a stream.
///
/// Two things in the format count from a stream's beginning and not from a piece's. The ring of the
/// last distances, and the two bytes before, which choose codes for literals: the library leaves both
/// alone at the start of an encoder that is told that it begins in the middle of a stream. And
/// references to the dictionary, which are distances that reach over the beginning: quality 3 is one
/// that looks for none.
class brotli_encoder final : public encoder {
public:
    /// It says how large the window is.
    static std::string_view header();
    /// Empty.
    static constexpr std::string_view last_block{"\x03", 1};

    brotli_encoder() { start_anew(); }

    void start_anew() override;
    void append_encoded(std::string_view plain, std::string& to) override;

private:
    struct end {
        void operator()(BrotliEncoderStateStruct* it) const noexcept;
    };
    using state = std::unique_ptr<BrotliEncoderStateStruct, end>;

    static state begin(bool in_the_middle);
    static void append_flushed(BrotliEncoderStateStruct& by, std::string_view plain,
                               std::string& to);

    state state_;
};

}  // namespace fibercast
