#pragma once

#include "place.hpp"

#include <fibercast/http/chunk.hpp>

namespace fibercast {

/// What was encoded at a time, and where a stream is that has had it.
struct encoded_piece {
    chunk_ptr bytes;
    place_ptr behind;
    bool anew = false;  // it refers to nothing before itself: any stream can go on with it

    explicit operator bool() const noexcept { return bytes != nullptr; }
};

}  // namespace fibercast
