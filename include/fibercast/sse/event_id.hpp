#pragma once

#include <fibercast/api.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fibercast {

/// A place in the order of a hub, as it stands on the wire: `#<epoch>-<number>`. The epoch names the
/// life of the hub, so that a place in another one's order, before a restart for instance, is never
/// taken for one in this.
///
/// A fragment, as the Mercure protocol wants of ids that a hub makes; after the '#' come only
/// letters, digits and '-', so that no browser asks first whether it may send it back.
class FIBERCAST_API event_id {
public:
    static constexpr std::size_t epoch_size = 6;

    /// Six of 0-9 and a-z.
    using epoch_text = std::array<char, epoch_size>;

    event_id(epoch_text const& epoch, std::uint64_t number) noexcept
        : epoch_(epoch), number_(number) {}

    /// Nothing when it is not of that form.
    static std::optional<event_id> parse(std::string_view text) noexcept;

    std::string_view epoch() const noexcept { return {epoch_.data(), epoch_.size()}; }
    /// From 1; 0 is the place before everything.
    std::uint64_t number() const noexcept { return number_; }
    std::string text() const;

    bool operator==(event_id const&) const noexcept = default;

private:
    epoch_text epoch_;
    std::uint64_t number_;
};

}  // namespace fibercast
