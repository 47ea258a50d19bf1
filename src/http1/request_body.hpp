#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast {

/// The body of one request while it arrives and until the request has been answered. What all of
/// them hold, in the whole process, is counted, so that very many connections cannot each fill what
/// one is allowed.
class request_body {
public:
    /// `most` is the bound for the bodies of all connections together.
    explicit request_body(std::uint64_t most) noexcept : most_(most) {}
    ~request_body();
    request_body(request_body const&) = delete;
    request_body& operator=(request_body const&) = delete;

    /// It will not be larger, so that it needs no more memory.
    void expect_at_most(std::uint64_t size) noexcept { largest_ = size; }

    /// False: all bodies together would be over the bound, and nothing was added.
    [[nodiscard]] bool append(std::string_view bytes);

    /// The body; it stays counted as long as this object lives.
    std::string take() noexcept { return std::move(bytes_); }

    /// Bytes of memory that the bodies of the process hold now. Any thread.
    static std::uint64_t held_by_all() noexcept;

private:
    bool hold(std::size_t size);

    std::uint64_t const most_;
    std::uint64_t largest_ = std::numeric_limits<std::uint64_t>::max();
    std::size_t counted_ = 0;
    std::string bytes_;
};

}  // namespace fibercast
