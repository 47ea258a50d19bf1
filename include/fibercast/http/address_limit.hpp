#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/socket_address.hpp>

#include <array>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace fibercast {

/// How many places one address has at a time. A network gives one customer a /64 of IPv6 at least,
/// so that counts as one address; the port does not count.
///
/// Any thread. It remembers only who has a place.
class FIBERCAST_API address_limit {
    using key = std::array<unsigned char, 16>;  // see ip_bytes

public:
    /// 0: no limit, and nothing is counted.
    explicit address_limit(std::size_t places) noexcept : most_(places) {}
    address_limit(address_limit const&) = delete;
    address_limit& operator=(address_limit const&) = delete;

    /// Taken until its end, on whatever thread. The limit must outlive it.
    class place {
    public:
        place(place&& other) noexcept
            : of_(std::exchange(other.of_, nullptr)), whose_(other.whose_) {}
        place& operator=(place&&) = delete;
        ~place() {
            if (of_ != nullptr) of_->leave(whose_);
        }

    private:
        friend class address_limit;
        place() noexcept = default;
        place(address_limit& of, key const& whose) noexcept : of_(&of), whose_(whose) {}

        address_limit* of_ = nullptr;
        key whose_{};
    };

    /// Nothing: the address has all that it may have. An unknown address always gets one.
    [[nodiscard]] std::optional<place> enter(socket_address const& address);

    /// How many addresses have a place.
    std::size_t addresses() const;

private:
    void leave(key const& whose) noexcept;

    std::size_t const most_;
    mutable std::mutex mutex_;
    std::map<key, std::size_t> taken_;  // never 0
};

}  // namespace fibercast
