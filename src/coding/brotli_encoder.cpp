#include "brotli_encoder.hpp"

#include <brotli/encode.h>

#include <cstddef>
#include <cstdint>
#include <new>

namespace fibercast {
namespace {

constexpr std::uint32_t quality = 3;
constexpr std::uint32_t window_bits = 18;
constexpr std::uint32_t far_from_the_beginning = 1U << 28;  // any number beyond the window

}  // namespace

void brotli_encoder::end::operator()(BrotliEncoderStateStruct* it) const noexcept {
    BrotliEncoderDestroyInstance(it);
}

brotli_encoder::state brotli_encoder::begin(bool in_the_middle) {
    state made(BrotliEncoderCreateInstance(nullptr, nullptr, nullptr));
    if (!made) throw std::bad_alloc();
    BrotliEncoderSetParameter(made.get(), BROTLI_PARAM_QUALITY, quality);
    BrotliEncoderSetParameter(made.get(), BROTLI_PARAM_LGWIN, window_bits);
    if (in_the_middle)
        BrotliEncoderSetParameter(made.get(), BROTLI_PARAM_STREAM_OFFSET, far_from_the_beginning);
    return made;
}

std::string_view brotli_encoder::header() {
    static std::string const text = [] {
        std::string made;
        append_flushed(*begin(false), {}, made);
        return made;
    }();
    return text;
}

/// The library has no way to reset one.
void brotli_encoder::start_anew() {
    state_.reset();
    state_ = begin(true);
}

void brotli_encoder::append_encoded(std::string_view plain, std::string& to) {
    append_flushed(*state_, plain, to);
}

void brotli_encoder::append_flushed(BrotliEncoderStateStruct& by, std::string_view plain,
                                    std::string& to) {
    auto const* next = reinterpret_cast<std::uint8_t const*>(plain.data());
    auto left = plain.size();
    for (;;) {
        std::size_t none = 0;
        if (BrotliEncoderCompressStream(&by, BROTLI_OPERATION_FLUSH, &left, &next, &none, nullptr,
                                        nullptr) == BROTLI_FALSE)
            throw std::bad_alloc();
        std::size_t made = 0;
        auto const* const bytes = BrotliEncoderTakeOutput(&by, &made);
        to.append(reinterpret_cast<char const*>(bytes), made);
        // In the middle the first two bytes are flushed by themselves, and the rest when asked again.
        if (left == 0 && made == 0) return;
    }
}

}  // namespace fibercast
