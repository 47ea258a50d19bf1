#include "batch.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace fibercast {

delivery_ptr const& batch::rest_behind(std::uint64_t number) noexcept {
    auto const first =
        std::upper_bound(publications_.begin(), publications_.end(), number,
                         [](std::uint64_t n, publication const& each) { return n < each.number; });
    auto const count = static_cast<std::size_t>(publications_.end() - first);
    if (std::exchange(rest_count_, count) != count || !rest_) {
        try {
            rest_ = delivery::of(publications_.last(count), held_);
        } catch (std::bad_alloc const&) {
            rest_.reset();
        }
    }
    return rest_;
}

}  // namespace fibercast
