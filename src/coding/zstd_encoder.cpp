#include "zstd_encoder.hpp"

#include <zstd.h>

#include <cstddef>
#include <new>

namespace fibercast {
namespace {

constexpr int level = 3;
constexpr int window_bits = 18;

std::size_t checked(std::size_t result) {
    if (ZSTD_isError(result) != 0) throw std::bad_alloc();  // nothing else can go wrong
    return result;
}

}  // namespace

void zstd_encoder::end::operator()(ZSTD_CCtx_s* it) const noexcept { ZSTD_freeCCtx(it); }

zstd_encoder::zstd_encoder() : context_(ZSTD_createCCtx()) {
    if (!context_) throw std::bad_alloc();
    checked(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, level));
    checked(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_windowLog, window_bits));
}

void zstd_encoder::start_anew() {
    checked(ZSTD_CCtx_reset(context_.get(), ZSTD_reset_session_only));
}

void zstd_encoder::append_encoded(std::string_view plain, std::string& to) {
    ZSTD_inBuffer from{plain.data(), plain.size(), 0};
    for (std::size_t left = 1; left != 0;) {
        auto const before = to.size();
        to.resize(before + ZSTD_compressBound(plain.size() - from.pos) + 64);
        ZSTD_outBuffer made{to.data() + before, to.size() - before, 0};
        left = checked(ZSTD_compressStream2(context_.get(), &made, &from, ZSTD_e_flush));
        to.resize(before + made.pos);
    }
}

}  // namespace fibercast
