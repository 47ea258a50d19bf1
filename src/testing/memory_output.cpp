#include <fibercast/testing/memory_output.hpp>

#include <utility>

namespace fibercast::testing {

// The room is there beforehand, for tests in which there is no memory later.
memory_output::memory_output(socket_address const& from) : from_(from) { text_.reserve(8 * 1024); }

bool memory_output::write(std::string_view bytes) {
    wait_until_read();
    if (failed_) return false;
    text_ += bytes;
    changed_.unpark();
    return true;
}

bool memory_output::write(std::span<chunk_view const> chunks) {
    wait_until_read();
    if (failed_) return false;
    for (auto const& each : chunks) text_ += each.payload();
    ++gathered_writes_;
    changed_.unpark();
    if (auto const act = std::exchange(at_next_write_, nullptr)) act();
    return true;
}

void memory_output::read_on() noexcept {
    reads_ = true;
    writer_.unpark();
}

void memory_output::leave() noexcept {
    if (watcher_ != nullptr) watcher_->close();
    abort();
}

void memory_output::drain() noexcept {
    draining_ = true;
    if (watcher_ != nullptr) watcher_->close();
}

void memory_output::abort() noexcept {
    failed_ = true;
    writer_.unpark();
    changed_.unpark();
}

void memory_output::close_when_ended(closable* target) noexcept {
    watcher_ = target;
    if ((failed_ || draining_) && watcher_ != nullptr) watcher_->close();
}

void memory_output::wait_until_read() {
    while (!reads_ && !failed_) writer_.park();
}

}  // namespace fibercast::testing
