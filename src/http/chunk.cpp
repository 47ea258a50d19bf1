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

std::pair<chunk_ptr, char*> chunk::unfilled(std::size_t payload_size) {
    assert(payload_size != 0);
    if (payload_size > std::numeric_limits<std::uint32_t>::max())
        throw std::length_error("a chunk of over 4 GiB");
    chunk_size_line const line(payload_size);
    auto const head = line.text();
    void* const memory = ::operator new(sizeof(chunk) + head.size() + payload_size + 2);
    auto* const bytes = static_cast<char*>(memory) + sizeof(chunk);
    std::memcpy(bytes, head.data(), head.size());
    std::memcpy(bytes + head.size() + payload_size, "\r\n", 2);
    return {chunk_ptr(new (memory) chunk(head.size(), payload_size)), bytes + head.size()};
}

chunk_ptr chunk::make(std::string_view payload) {
    return make(payload.size(), [&](char* to) { std::memcpy(to, payload.data(), payload.size()); });
}

void chunk::destroy(chunk const* last) noexcept {
    last->~chunk();
    ::operator delete(const_cast<chunk*>(last));
}

}  // namespace fibercast
