#include "encoder.hpp"

#include "brotli_encoder.hpp"
#include "gzip_encoder.hpp"
#include "zstd_encoder.hpp"

#include <cassert>

namespace fibercast {
namespace {

/// The least significant byte first.
void append_number(std::uint32_t number, std::string& to) {
    for (int shift = 0; shift < 32; shift += 8)
        to.push_back(static_cast<char>(number >> shift & 0xff));
}

}  // namespace

std::unique_ptr<encoder> encoder::make(content_coding coding) {
    switch (coding) {
    case content_coding::gzip: return std::make_unique<gzip_encoder>();
    case content_coding::br: return std::make_unique<brotli_encoder>();
    case content_coding::zstd: return std::make_unique<zstd_encoder>();
    case content_coding::identity: break;
    }
    assert(!"to be encoded by a coding that is none");
    return nullptr;
}

std::string_view opening_of(content_coding coding) {
    switch (coding) {
    case content_coding::gzip: return gzip_encoder::header;
    case content_coding::br: return brotli_encoder::header();
    // A piece that starts anew is a frame, with its own.
    case content_coding::zstd:
    case content_coding::identity: break;
    }
    return {};
}

std::string_view ending_of_piece(content_coding coding) noexcept {
    return coding == content_coding::zstd ? zstd_encoder::last_block : std::string_view();
}

std::string closing_of(content_coding coding, std::uint32_t checksum, std::uint32_t size) {
    switch (coding) {
    case content_coding::gzip: {
        std::string closing(gzip_encoder::last_block);
        append_number(checksum, closing);
        append_number(size, closing);
        return closing;
    }
    case content_coding::br: return std::string(brotli_encoder::last_block);
    case content_coding::zstd: return std::string(zstd_encoder::last_block);
    case content_coding::identity: break;
    }
    return {};
}

}  // namespace fibercast
