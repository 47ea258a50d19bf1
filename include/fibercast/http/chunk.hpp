#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/chunk_view.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <array>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace fibercast {

/// The line before a chunk's bytes: their number in hexadecimal.
class FIBERCAST_API chunk_size_line {
public:
    explicit chunk_size_line(std::size_t bytes) noexcept;
    std::string_view text() const noexcept { return {line_.data(), size_}; }

private:
    std::array<char, 18> line_;  // 16 digits and the line end
    std::uint8_t size_;
};

class chunk;

/// One owner of a chunk among many; as small as a pointer, so that queues of them are.
using chunk_ptr = boost::intrusive_ptr<chunk const>;

/// Immutable bytes for many outputs at once, which already carry the framing of HTTP's chunked
/// transfer: made once, shared by any connections on any threads, written without a copy.
class FIBERCAST_API chunk {
public:
    /// `payload` must not be empty: an empty chunk would end the response.
    static chunk_ptr make(std::string_view payload);

    /// A chunk of `size` bytes, at least one, which `fill(char* to)` sets.
    template <std::invocable<char*> F>
    static chunk_ptr make(std::size_t size, F const& fill) {
        auto [made, bytes] = unfilled(size);
        fill(bytes);
        return std::move(made);
    }

    /// The bytes alone, for a response that is not chunked.
    std::string_view payload() const noexcept { return view().payload(); }

    /// Size line, bytes and line end.
    std::string_view framed() const noexcept { return view().framed(); }

    /// Valid as long as somebody owns the chunk.
    chunk_view view() const noexcept { return {bytes(), head_size_, payload_size_}; }

    chunk(chunk const&) = delete;
    chunk& operator=(chunk const&) = delete;

private:
    chunk(std::size_t head_size, std::size_t payload_size) noexcept
        : head_size_(static_cast<std::uint32_t>(head_size)),
          payload_size_(static_cast<std::uint32_t>(payload_size)) {}
    ~chunk() = default;

    /// The framing is there, the payload is to be written to the second.
    static std::pair<chunk_ptr, char*> unfilled(std::size_t payload_size);

    /// They lie behind this object, in the same allocation.
    char const* bytes() const noexcept { return reinterpret_cast<char const*>(this + 1); }

    friend void intrusive_ptr_add_ref(chunk const* shared) noexcept {
        shared->owners_.fetch_add(1, std::memory_order_relaxed);
    }
    friend void intrusive_ptr_release(chunk const* shared) noexcept {
        if (shared->owners_.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy(shared);
    }
    static void destroy(chunk const* last) noexcept;

    mutable std::atomic<std::uint32_t> owners_ = 0;
    std::uint32_t const head_size_;
    std::uint32_t const payload_size_;
};

}  // namespace fibercast
