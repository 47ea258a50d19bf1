#pragma once

#include "encoded_forms.hpp"
#include "place.hpp"
#include "windows.hpp"

#include <fibercast/coding/content_coding.hpp>
#include <fibercast/http/chunk_view.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fibercast {

/// One stream in a coding other than `identity`: what its decoder has had, and so what it is to be
/// given next. Belongs to one worker.
class encoded_stream {
public:
    /// `in`, whose windows it shares with others, must outlive it.
    encoded_stream(content_coding coding, windows& in) noexcept : coding_(coding), windows_(in) {}
    ~encoded_stream() { move_to(nullptr); }
    encoded_stream(encoded_stream const&) = delete;
    encoded_stream& operator=(encoded_stream const&) = delete;

    content_coding coding() const noexcept { return coding_; }

    /// What is to be written to say something, one behind the other.
    struct views {
        std::array<chunk_view, 2> all;
        std::size_t count = 0;
    };

    /// Goes on to say `plain`, which is not empty and whose forms these are; what it returns is valid
    /// as long as they are. Who asks writes it, or nothing more. Throws `std::bad_alloc`.
    views next(std::string_view plain, encoded_forms& forms);

    /// What ends it, if it is to be seen as the whole. Nothing if it has not said anything.
    std::string closing() const;

private:
    void move_to(place_ptr next) noexcept;

    content_coding const coding_;
    windows& windows_;
    place_ptr at_;  // null: at the beginning
    std::uint32_t checksum_ = 0;
    std::uint32_t size_ = 0;
};

}  // namespace fibercast
