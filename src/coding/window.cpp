#include "window.hpp"

#include <fibercast/runtime/detail/shared_stack.hpp>

namespace fibercast {

place::~place() {
    if (open_ != nullptr) open_->close();
    stands_alone();
}

void place::stands_alone() noexcept {
    if (beside_ != nullptr) beside_->beside_ = nullptr;
    beside_ = nullptr;
}

void window::close() noexcept {
    if (head_ != nullptr) head_->open_ = nullptr;
    head_ = nullptr;
}

/// Of two places beside each other only the one with more streams may go on; of two as full as each
/// other only the one that has gone on before.
bool window::goes_on() noexcept {
    auto const inside = streams();
    place* const beside = head_->beside_;
    auto const others = beside == nullptr ? 0 : beside->streams_;
    if (others > inside || (others == inside && first_)) {
        // Counted now: they leave their place one by one. Later nobody is beside that one.
        if (beside->open_ != nullptr) beside->open_->outside_ += inside;
        head_->stands_alone();
        close();
        return false;
    }
    outside_ += others;
    if (outside_ < inside) return true;
    if (beside != nullptr && beside->open_ != nullptr) beside->open_->close();
    close();
    return false;
}

encoded_piece window::start(std::string_view plain) {
    close();
    outside_ = 0;
    first_ = true;
    encoder_->start_anew();
    return encode(plain);
}

encoded_piece window::go_on(std::string_view plain) {
    close();
    first_ = false;
    return encode(plain);
}

/// It goes deep. Without memory, the window stays closed.
encoded_piece window::encode(std::string_view plain) {
    return on_shared_stack([&] {
        std::string made;
        encoder_->append_encoded(plain, made);
        encoded_piece piece{chunk::make(made), new place, first_};
        head_ = piece.behind.get();
        head_->open_ = this;
        return piece;
    });
}

}  // namespace fibercast
