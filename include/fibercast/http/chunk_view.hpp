#pragma once

#include <fibercast/api.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fibercast {

/// The bytes of a chunk that somebody else owns, with and without the framing of HTTP's chunked
/// transfer. What outputs write: who makes it, and how its owners are counted, is not their affair.
class chunk_view {
public:
    /// Of nothing, to be assigned.
    chunk_view() = default;

    /// `framed` points to the size line, which is `head_size` long, and the payload behind it.
    chunk_view(char const* framed, std::uint32_t head_size, std::uint32_t payload_size) noexcept
        : framed_(framed), head_size_(head_size), payload_size_(payload_size) {}

    /// The bytes alone, for a response that is not chunked.
    std::string_view payload() const noexcept { return {framed_ + head_size_, payload_size_}; }

    /// Size line, bytes and line end.
    std::string_view framed() const noexcept {
        return {framed_, std::size_t{head_size_} + payload_size_ + 2};
    }

private:
    char const* framed_ = nullptr;
    std::uint32_t head_size_ = 0;
    std::uint32_t payload_size_ = 0;
};

}  // namespace fibercast
