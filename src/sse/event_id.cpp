#include <fibercast/sse/event_id.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace fibercast {
namespace {

bool is_of_epoch(char c) noexcept { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

}  // namespace

std::optional<event_id> event_id::parse(std::string_view text) noexcept {
    if (text.size() < epoch_size + 3 || text.front() != '#' || text[epoch_size + 1] != '-')
        return std::nullopt;
    epoch_text epoch;
    std::copy_n(text.begin() + 1, epoch_size, epoch.begin());
    if (!std::all_of(epoch.begin(), epoch.end(), is_of_epoch)) return std::nullopt;
    auto const digits = text.substr(epoch_size + 2);
    std::uint64_t number = 0;
    auto const* const end = digits.data() + digits.size();
    auto const [parsed, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc() || parsed != end || (digits.front() == '0' && digits.size() > 1))
        return std::nullopt;
    return event_id(epoch, number);
}

std::string event_id::text() const { return fmt::format("#{}-{}", epoch(), number_); }

}  // namespace fibercast
