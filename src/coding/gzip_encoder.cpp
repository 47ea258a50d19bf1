#include "gzip_encoder.hpp"

#define ZLIB_CONST  // what is read is not written
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace fibercast {
namespace {

constexpr int raw_deflate = -15;  // a window of 2^15 bytes, and nothing around the blocks
constexpr int memory_level = 8;

}  // namespace

gzip_encoder::gzip_encoder() : stream_(std::make_unique<z_stream>()) {
    *stream_ = {};
    if (deflateInit2(stream_.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, raw_deflate, memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
}

gzip_encoder::~gzip_encoder() { deflateEnd(stream_.get()); }

void gzip_encoder::start_anew() { deflateReset(stream_.get()); }

void gzip_encoder::append_encoded(std::string_view plain, std::string& to) {
    auto& it = *stream_;
    do {
        auto const some = std::min<std::size_t>(plain.size(), std::numeric_limits<uInt>::max());
        it.next_in = reinterpret_cast<Bytef const*>(plain.data());
        it.avail_in = static_cast<uInt>(some);
        plain.remove_prefix(some);
        do {
            auto const before = to.size();
            // The empty block of a flush included; and six bytes that zlib may keep back.
            to.resize(before + deflateBound(&it, it.avail_in) + 16);
            it.next_out = reinterpret_cast<Bytef*>(to.data() + before);
            it.avail_out = static_cast<uInt>(to.size() - before);
            deflate(&it, plain.empty() ? Z_SYNC_FLUSH : Z_NO_FLUSH);
            to.resize(to.size() - it.avail_out);
        } while (it.avail_in != 0);
    } while (!plain.empty());
}

}  // namespace fibercast
