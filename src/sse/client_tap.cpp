#include <fibercast/sse/client_tap.hpp>

#include <new>
#include <utility>

namespace fibercast {

client_tap::piece client_tap::take() {
    std::lock_guard const held(mutex_);
    return std::exchange(held_, {});
}

void client_tap::close() noexcept {
    std::lock_guard const held(mutex_);
    closed_ = true;
}

bool client_tap::nothing() const noexcept {
    return held_.text.empty() && held_.left_out == 0 && !held_.began && !held_.ended;
}

template <typename F>
bool client_tap::change(F const& make) noexcept {
    std::lock_guard const held(mutex_);
    if (closed_) return false;
    bool const was_nothing = nothing();
    make(held_);
    // Under the mutex, so that none comes after `close`.
    if (was_nothing && !nothing()) wake_();
    return true;
}

bool client_tap::begin() noexcept {
    return change([this](piece& to) { to.began = !std::exchange(began_, true) || to.began; });
}

bool client_tap::show(std::string_view text, std::uint64_t events) noexcept {
    return change([&](piece& to) {
        bool room = to.left_out == 0 && text.size() <= capacity_ - to.text.size();
        try {
            if (room) to.text.append(text);
        } catch (std::bad_alloc const&) {
            room = false;
        }
        if (!room) to.left_out += events;
    });
}

void client_tap::end() noexcept {
    change([](piece& to) { to.ended = true; });
}

}  // namespace fibercast
