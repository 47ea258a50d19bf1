#include "clients/content_decoder.hpp"

#include "process/failure.hpp"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <array>

namespace bench {
namespace {

constexpr std::size_t piece_size = 32 * 1024;

[[noreturn]] void refuse(std::string_view coding) {
    throw failure{fmt::format("what came is not coded with {}", coding)};
}

[[noreturn]] void end(std::string_view coding) {
    throw failure{fmt::format("the server ended what it codes with {}", coding)};
}

class identity_decoder : public content_decoder {
public:
    void feed(std::string_view coded, std::string& text) override { text += coded; }
};

class gzip_decoder : public content_decoder {
public:
    gzip_decoder() {
        constexpr int gzip_only = 16;  // added to the window's bits: no zlib header is accepted
        if (inflateInit2(&stream_, MAX_WBITS + gzip_only) != Z_OK) throw std::bad_alloc{};
    }
    ~gzip_decoder() override { inflateEnd(&stream_); }
    gzip_decoder(gzip_decoder const&) = delete;

    void feed(std::string_view coded, std::string& text) override {
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(coded.data()));
        stream_.avail_in = static_cast<uInt>(coded.size());
        do {
            std::array<char, piece_size> piece;
            stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
            stream_.avail_out = piece_size;
            int const result = inflate(&stream_, Z_SYNC_FLUSH);
            text.append(piece.data(), piece_size - stream_.avail_out);
            if (result == Z_STREAM_END) end("gzip");
            if (result != Z_OK && result != Z_BUF_ERROR) refuse("gzip");
        } while (stream_.avail_out == 0);
    }

private:
    z_stream stream_{};
};

class br_decoder : public content_decoder {
public:
    void feed(std::string_view coded, std::string& text) override {
        auto left = coded.size();
        auto const* next = reinterpret_cast<std::uint8_t const*>(coded.data());
        for (;;) {
            std::array<char, piece_size> piece;
            auto* out = reinterpret_cast<std::uint8_t*>(piece.data());
            std::size_t room = piece_size;
            auto const result =
                BrotliDecoderDecompressStream(state_.get(), &left, &next, &room, &out, nullptr);
            text.append(piece.data(), piece_size - room);
            if (result == BROTLI_DECODER_RESULT_SUCCESS) end("br");
            if (result == BROTLI_DECODER_RESULT_ERROR) refuse("br");
            // It asks for more input although some output did not fit.
            if (room > 0 && result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return;
        }
    }

private:
    std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> state_{
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance};
};

/// Frames may follow each other in it: RFC 8878, section 3.
class zstd_decoder : public content_decoder {
public:
    zstd_decoder() {
        // No larger windows may be sent to HTTP clients: RFC 9659, section 3.
        ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, 23);
    }

    void feed(std::string_view coded, std::string& text) override {
        ZSTD_inBuffer in{coded.data(), coded.size(), 0};
        for (;;) {
            std::array<char, piece_size> piece;
            ZSTD_outBuffer out{piece.data(), piece.size(), 0};
            if (ZSTD_isError(ZSTD_decompressStream(context_.get(), &out, &in))) refuse("zstd");
            text.append(piece.data(), out.pos);
            if (in.pos == in.size && out.pos < out.size) return;
        }
    }

private:
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_{ZSTD_createDCtx(),
                                                                  &ZSTD_freeDCtx};
};

}  // namespace

std::unique_ptr<content_decoder> decoder_of(std::string_view coding) {
    if (coding == "identity") return std::make_unique<identity_decoder>();
    if (coding == "gzip") return std::make_unique<gzip_decoder>();
    if (coding == "br") return std::make_unique<br_decoder>();
    if (coding == "zstd") return std::make_unique<zstd_decoder>();
    throw failure{fmt::format("'{}' is no coding that clients here can read", coding)};
}

}  // namespace bench
