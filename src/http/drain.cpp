#include <fibercast/http/drain.hpp>

#include <fibercast/runtime/stack_pool.hpp>

#include <array>
#include <utility>

namespace fibercast {

std::size_t channel_drain::write_next()
{
    if (from_.empty() && !std::exchange(settled_, true)) {
        if (!to_.flush()) {
            from_.close();
            return 0;
        }
        release_unused_stack();
    }
    std::array<chunk_ptr, 16> batch;
    std::size_t const count = from_.pop_some(batch);
    if (count == 0) return 0;
    if (to_.write(std::span<chunk_ptr const>(batch).first(count))) return count;
    from_.close();
    return 0;
}

}  // namespace fibercast
