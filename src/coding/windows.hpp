#pragma once

#include "encoded_piece.hpp"
#include "window.hpp"

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace fibercast {

/// The windows of one worker: as many as are in use, up to a bound. When more are needed, the one
/// with the fewest streams is given up, and who is in it starts anew.
class windows {
public:
    /// See `encoder::make` for what each takes.
    static constexpr std::size_t most = 16;

    /// A piece that starts anew, and a window for what follows. Throws `std::bad_alloc`.
    encoded_piece start(content_coding coding, std::string_view plain);

    /// A piece for those at that place; nothing: they are to start anew. Throws `std::bad_alloc`.
    encoded_piece go_on(place const& from, std::string_view plain);

private:
    window& free_for(content_coding coding);
    void used(window const& one) noexcept;

    std::vector<std::unique_ptr<window>> all_;  // the one that was used last is the last
};

}  // namespace fibercast
