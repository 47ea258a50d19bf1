#include "bench/coded_texts.hpp"

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include <memory>
#include <stdexcept>

namespace {

constexpr std::size_t room = 1 << 20;  // more than any of these texts

class encoder {
public:
    virtual ~encoder() = default;
    virtual std::string encode(std::string_view text, bool last) = 0;
};

class gzip_encoder : public encoder {
public:
    gzip_encoder() {
        constexpr int gzip_header = 16;
        deflateInit2(&stream_, 6, Z_DEFLATED, MAX_WBITS + gzip_header, 8, Z_DEFAULT_STRATEGY);
    }
    ~gzip_encoder() override { deflateEnd(&stream_); }

    std::string encode(std::string_view text, bool last) override {
        std::string out(room, '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream_.avail_in = static_cast<uInt>(text.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = room;
        deflate(&stream_, last ? Z_FINISH : Z_SYNC_FLUSH);
        out.resize(room - stream_.avail_out);
        return out;
    }

private:
    z_stream stream_{};
};

class br_encoder : public encoder {
public:
    std::string encode(std::string_view text, bool last) override {
        std::string out(room, '\0');
        auto left = text.size();
        auto const* next = reinterpret_cast<std::uint8_t const*>(text.data());
        auto free = room;
        auto* to = reinterpret_cast<std::uint8_t*>(out.data());
        auto const what = last ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_FLUSH;
        BrotliEncoderCompressStream(state_.get(), what, &left, &next, &free, &to, nullptr);
        out.resize(room - free);
        return out;
    }

private:
    std::unique_ptr<BrotliEncoderState, decltype(&BrotliEncoderDestroyInstance)> state_{
        BrotliEncoderCreateInstance(nullptr, nullptr, nullptr), &BrotliEncoderDestroyInstance};
};

class zstd_encoder : public encoder {
public:
    std::string encode(std::string_view text, bool last) override {
        std::string out(room, '\0');
        ZSTD_inBuffer from{text.data(), text.size(), 0};
        ZSTD_outBuffer to{out.data(), out.size(), 0};
        ZSTD_compressStream2(context_.get(), &to, &from, last ? ZSTD_e_end : ZSTD_e_flush);
        out.resize(to.pos);
        return out;
    }

private:
    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context_{ZSTD_createCCtx(),
                                                                  &ZSTD_freeCCtx};
};

std::unique_ptr<encoder> encoder_of(std::string_view coding) {
    if (coding == "gzip") return std::make_unique<gzip_encoder>();
    if (coding == "br") return std::make_unique<br_encoder>();
    if (coding == "zstd") return std::make_unique<zstd_encoder>();
    throw std::invalid_argument("no such coding");
}

}  // namespace

std::vector<std::string> coded(std::string_view coding, std::vector<std::string> const& pieces,
                               bool ended) {
    if (coding == "identity") return pieces;
    auto const encoder = encoder_of(coding);
    std::vector<std::string> all;
    for (auto const& each : pieces)
        all.push_back(encoder->encode(each, ended && &each == &pieces.back()));
    return all;
}
