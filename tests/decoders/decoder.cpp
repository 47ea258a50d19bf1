#include "decoders/decoder.hpp"

#include "support/failure.hpp"

#include <brotli/decode.h>
#define ZLIB_CONST
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace {

class gzip_decoder final : public decoder {
public:
    gzip_decoder() {
        constexpr int with_gzip_header = 16 + 15;
        if (inflateInit2(&stream_, with_gzip_header) != Z_OK) throw failure("no inflate");
    }
    ~gzip_decoder() override { inflateEnd(&stream_); }

    std::string feed(std::string_view bytes) override {
        std::string text;
        stream_.next_in = reinterpret_cast<Bytef const*>(bytes.data());
        stream_.avail_in = static_cast<uInt>(bytes.size());
        for (bool full = true; full && !ended_;) {
            std::array<Bytef, 16384> some;
            stream_.next_out = some.data();
            stream_.avail_out = static_cast<uInt>(some.size());
            auto const result = inflate(&stream_, Z_SYNC_FLUSH);
            ended_ = result == Z_STREAM_END;
            if (result != Z_OK && result != Z_BUF_ERROR && !ended_) throw failure("no gzip");
            full = stream_.avail_out == 0;
            text.append(reinterpret_cast<char const*>(some.data()),
                        some.size() - stream_.avail_out);
        }
        if (stream_.avail_in != 0) throw failure("more gzip than there is");
        return text;
    }
    bool ended() const override { return ended_; }

private:
    z_stream stream_{};
    bool ended_ = false;
};

class brotli_decoder final : public decoder {
public:
    brotli_decoder() : state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {}
    ~brotli_decoder() override { BrotliDecoderDestroyInstance(state_); }

    std::string feed(std::string_view bytes) override {
        std::string text;
        auto const* next = reinterpret_cast<std::uint8_t const*>(bytes.data());
        auto left = bytes.size();
        auto result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
        // It may want more input while it still has output.
        while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT ||
               BrotliDecoderHasMoreOutput(state_) == BROTLI_TRUE) {
            std::size_t none = 0;
            result = BrotliDecoderDecompressStream(state_, &left, &next, &none, nullptr, nullptr);
            std::size_t made = 0;
            auto const* const taken = BrotliDecoderTakeOutput(state_, &made);
            text.append(reinterpret_cast<char const*>(taken), made);
        }
        if (result == BROTLI_DECODER_RESULT_ERROR || left != 0) throw failure("no brotli");
        return text;
    }
    bool ended() const override { return BrotliDecoderIsFinished(state_) == BROTLI_TRUE; }

private:
    BrotliDecoderState* const state_;
};

/// Frames one behind the other.
class zstd_decoder final : public decoder {
public:
    zstd_decoder() : context_(ZSTD_createDCtx()) {}
    ~zstd_decoder() override { ZSTD_freeDCtx(context_); }

    std::string feed(std::string_view bytes) override {
        std::string text;
        ZSTD_inBuffer from{bytes.data(), bytes.size(), 0};
        for (bool full = true; full || from.pos != from.size;) {
            std::array<char, 16384> some;
            ZSTD_outBuffer to{some.data(), some.size(), 0};
            left_ = ZSTD_decompressStream(context_, &to, &from);
            if (ZSTD_isError(left_) != 0) throw failure("no zstd");
            text.append(some.data(), to.pos);
            full = to.pos == some.size();
        }
        return text;
    }
    bool ended() const override { return left_ == 0; }

private:
    ZSTD_DCtx* const context_;
    std::size_t left_ = 1;
};

}  // namespace

std::unique_ptr<decoder> decoder::of(fibercast::content_coding coding) {
    switch (coding) {
    case fibercast::content_coding::gzip: return std::make_unique<gzip_decoder>();
    case fibercast::content_coding::br: return std::make_unique<brotli_decoder>();
    case fibercast::content_coding::zstd: return std::make_unique<zstd_decoder>();
    case fibercast::content_coding::identity: break;
    }
    throw failure("no coding");
}
