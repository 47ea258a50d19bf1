#include <fibercast/http/chunk.hpp>

#include <cassert>
#include <charconv>
#include <cstring>
#include <limits>
#include <new>
#include <stdexcept>

namespace fibercast {

chunk_size_line::chunk_size_line(std::size_t bytes) noexcept {
    char* end = std::to_chars(line_.data(), line_.data() + 16, bytes, 16).ptr;
    *end++ = '\r';
    *end++ = '\n';
    size_ = static_cast<std::uint8_t>(end - line_.data());
}

template <typename Fill>
chunk_ptr chunk::make(std::size_t payload_size, std::uint32_t parts, Fill fill) {
    if (payload_size > std::numeric_limits<std::uint32_t>::max())
        throw std::length_error("a chunk of over 4 GiB");
    chunk_size_line const line(payload_size);
    auto const head = line.text();
    void* const memory = ::operator new(sizeof(chunk) + head.size() + payload_size + 2);
    auto* const bytes = static_cast<char*>(memory) + sizeof(chunk);
    std::memcpy(bytes, head.data(), head.size());
    fill(bytes + head.size());
    std::memcpy(bytes + head.size() + payload_size, "\r\n", 2);
    return chunk_ptr(new (memory) chunk(bytes, head.size(), payload_size, parts, nullptr));
}

chunk_ptr chunk::make(std::string_view payload) {
    assert(!payload.empty());
    return make(payload.size(), 1,
                [&](char* to) { std::memcpy(to, payload.data(), payload.size()); });
}

chunk_ptr chunk::join(std::span<chunk_ptr const> chunks) {
    assert(!chunks.empty());
    if (chunks.size() == 1) {
        chunk const& its = *chunks.front();
        void* const memory = ::operator new(sizeof(chunk));
        return chunk_ptr(new (memory) chunk(its.bytes_, its.head_size_, its.payload_size_,
                                            its.parts_, chunks.front()));
    }
    std::size_t size = 0;
    std::uint32_t parts = 0;
    for (auto const& each : chunks) {
        size += each->payload_size_;
        parts += each->parts_;
    }
    return make(size, parts, [&](char* to) {
        for (auto const& each : chunks) {
            std::memcpy(to, each->payload().data(), each->payload_size_);
            to += each->payload_size_;
        }
    });
}

void chunk::destroy(chunk const* last) noexcept {
    last->~chunk();
    ::operator delete(const_cast<chunk*>(last));
}

}  // namespace fibercast
