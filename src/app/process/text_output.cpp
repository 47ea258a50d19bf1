#include "text_output.hpp"

#include "poll_until.hpp"

#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <utility>

namespace fibercast::app {
namespace {

constexpr std::chrono::seconds patience_at_end{1};

/// Returns how much was written: not all, when the reader is gone or the disk is full.
std::size_t write_all(int fd, std::string_view text) noexcept {
    std::size_t written = 0;
    while (written < text.size()) {
        auto const count = ::write(fd, text.data() + written, text.size() - written);
        if (count > 0) written += static_cast<std::size_t>(count);
        if (count >= 0 || errno == EINTR) continue;
        if (errno != EAGAIN) break;
        // Whoever shares the descriptor does not want it to block.
        std::array<pollfd, 1> room{{{fd, POLLOUT, 0}}};
        poll_until(room);
    }
    return written;
}

}  // namespace

struct text_output::state {
    struct batch {
        std::uint64_t missing_before = 0;
        std::string bytes;
        std::uint64_t texts = 0;
        std::uint64_t missing_behind = 0;
    };

    state(int to, std::size_t bytes, note missing)
        : fd(to), capacity(bytes), note_for(std::move(missing)) {}

    void run();
    void put(batch& taken) noexcept;
    bool send(std::string_view text) noexcept;
    bool tell(std::uint64_t& missing) noexcept;
    bool idle() const noexcept { return waiting.texts == 0 && !writing; }

    int const fd;
    std::size_t const capacity;
    note const note_for;
    std::mutex mutex;
    std::condition_variable more;     // for the thread
    std::condition_variable settled;  // for who waits for it
    batch waiting;
    bool writing = false;
    bool closed = false;
    bool ended = false;
    std::uint64_t dropped = 0;
    bool torn = false;  // the last text lacks its end; for the thread, or for who finds it idle
};

void text_output::state::run() {
    std::unique_lock lock(mutex);
    for (;;) {
        more.wait(lock, [this] { return waiting.texts > 0 || closed; });
        if (waiting.texts == 0) break;
        auto taken = std::exchange(waiting, {});
        writing = true;
        lock.unlock();
        put(taken);
        lock.lock();
        writing = false;
        dropped += taken.texts;
        waiting.missing_before += taken.missing_before + taken.texts + taken.missing_behind;
        settled.notify_all();
    }
    ended = true;
    settled.notify_all();
}

/// Writes a batch in its order, and leaves the counts of what could not be written. No text comes
/// before the note about those that are missing before it.
void text_output::state::put(batch& taken) noexcept {
    if (!tell(taken.missing_before) || !send(taken.bytes)) return;
    taken.texts = 0;
    tell(taken.missing_behind);
}

/// False: some of it is lost.
bool text_output::state::send(std::string_view text) noexcept {
    auto const written = write_all(fd, text);
    bool const all = written == text.size();
    if (all || written > 0) torn = !all && text[written - 1] != '\n';
    return all;
}

bool text_output::state::tell(std::uint64_t& missing) noexcept {
    try {
        if (missing == 0) return true;
        // On a line of its own.
        auto text = note_for(missing);
        if (torn) text.insert(text.begin(), '\n');
        if (!send(text)) return false;
        missing = 0;
        return true;
    } catch (std::exception const&) {
        return false;  // no memory: later, then
    }
}

text_output::text_output(int fd, std::size_t capacity, note missing)
    : state_(std::make_shared<state>(fd, capacity, std::move(missing))),
      thread_([kept = state_] { kept->run(); }) {}

text_output::~text_output() {
    std::unique_lock lock(state_->mutex);
    state_->closed = true;
    state_->more.notify_one();
    bool const ended =
        state_->settled.wait_for(lock, patience_at_end, [this] { return state_->ended; });
    lock.unlock();
    if (ended)
        thread_.join();
    else
        thread_.detach();
}

void text_output::write(std::string_view text) noexcept {
    if (text.empty()) return;
    std::lock_guard const lock(state_->mutex);
    auto& to = state_->waiting;
    // Once one is missing, those behind it are too, so that the note is where they were.
    bool const room = to.texts == 0 ||
                      (to.missing_behind == 0 && to.bytes.size() + text.size() <= state_->capacity);
    try {
        if (room) {
            to.bytes += text;
            ++to.texts;
            state_->more.notify_one();
            return;
        }
    } catch (std::bad_alloc const&) {
    }
    ++(to.texts == 0 ? to.missing_before : to.missing_behind);
    ++state_->dropped;
}

void text_output::write_here(std::string_view text) noexcept {
    {
        std::lock_guard const lock(state_->mutex);
        // Not even if another program fills the pipe meanwhile may this wait. A terminal cannot be
        // asked so, and is left to the thread.
        iovec const bytes{const_cast<char*>(text.data()), text.size()};
        bool const here = state_->idle() && state_->waiting.missing_before == 0;
        auto const count = here ? ::pwritev2(state_->fd, &bytes, 1, -1, RWF_NOWAIT) : 0;
        if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
        if (count > 0) state_->torn = !text.empty();
    }
    write(text);
}

bool text_output::flush(deadline until) {
    std::unique_lock lock(state_->mutex);
    return state_->settled.wait_until(lock, until, [this] { return state_->idle(); });
}

std::uint64_t text_output::dropped() const {
    std::lock_guard const lock(state_->mutex);
    return state_->dropped;
}

}  // namespace fibercast::app
