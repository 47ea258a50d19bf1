#pragma once

#include <cstddef>

/// While one lives, some allocation of the program fails, on whatever thread. One at a time.
class failing_memory {
public:
    /// The one so many from now, counted from 1.
    static failing_memory at(int number) { return failing_memory(number, 0, 0); }
    /// Each of at least `from` and less than `to` bytes.
    static failing_memory of_size(std::size_t from, std::size_t to) {
        return failing_memory(0, from, to);
    }

    ~failing_memory();
    failing_memory(failing_memory const&) = delete;
    failing_memory& operator=(failing_memory const&) = delete;

    /// How many have failed.
    int failed() const noexcept;

private:
    failing_memory(int number, std::size_t from, std::size_t to) noexcept;
};
