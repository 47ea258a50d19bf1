#pragma once

#include <fibercast/api.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast {

/// What one client of a hub is written, for somebody who looks on (`hub::tap`). Holds up nobody: what
/// there is no room for is left out and counted. Any thread.
class FIBERCAST_API client_tap {
public:
    /// Holds so many bytes that nobody has taken. `wake` is called on the client's worker when there
    /// is something to take where there was nothing; it must not suspend, block or throw.
    client_tap(std::size_t capacity, std::function<void()> wake)
        : capacity_(capacity), wake_(std::move(wake)) {}
    client_tap(client_tap const&) = delete;
    client_tap& operator=(client_tap const&) = delete;

    struct piece {
        bool began = false;  ///< Everything that is written from here on is shown.
        std::string text;    ///< As it went over the wire, without HTTP's framing: whole events.
        std::uint64_t left_out = 0;  ///< How many events are missing behind it.
        bool ended = false;          ///< Nothing more comes: the stream is over.
    };

    /// What has come since.
    piece take();

    /// Nobody looks any more. The client's worker forgets the tap when it writes the next time.
    void close() noexcept;

private:
    friend class taps;

    // The worker's side. False: nobody looks.
    bool begin() noexcept;
    bool show(std::string_view text, std::uint64_t events) noexcept;
    void end() noexcept;

    bool nothing() const noexcept;
    template <typename F>
    bool change(F const& make) noexcept;

    std::size_t const capacity_;
    std::function<void()> const wake_;
    std::mutex mutex_;
    piece held_;
    bool began_ = false;
    bool closed_ = false;
};

}  // namespace fibercast
