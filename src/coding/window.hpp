#pragma once

#include "encoded_piece.hpp"
#include "encoder.hpp"
#include "place.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace fibercast {

/// What some streams' decoders remember, and an encoder that refers to it: it encodes once for all of
/// them. Belongs to one worker.
///
/// Streams that come later cannot go on with it, and are given pieces that start anew. These are
/// larger, so it is worth something to bring all together: whoever is in the window has to start anew
/// once, too. It is done when those outside have been given as many pieces as there are streams in
/// it: then all of it has cost at most twice what it would have cost who had known beforehand.
class window {
public:
    /// Throws `std::bad_alloc`, as all that encodes does.
    explicit window(content_coding coding) : coding_(coding), encoder_(encoder::make(coding)) {}
    ~window() { close(); }
    window(window const&) = delete;
    window& operator=(window const&) = delete;

    content_coding coding() const noexcept { return coding_; }

    /// Encodes the first piece of a window, which any stream can go on with.
    encoded_piece start(std::string_view plain);

    /// Whether it goes on from its place, which there must be. If not, it is closed: those there, and
    /// maybe those beside them, start anew. Asked once for a piece, for it counts.
    bool goes_on() noexcept;
    /// Encodes a piece for those at its place.
    encoded_piece go_on(std::string_view plain);

    /// Nobody goes on with it.
    void close() noexcept;
    bool closed() const noexcept { return head_ == nullptr; }

    /// How many can go on with it.
    std::size_t streams() const noexcept { return closed() ? 0 : head_->streams(); }

private:
    encoded_piece encode(std::string_view plain);

    content_coding const coding_;
    std::unique_ptr<encoder> const encoder_;
    place* head_ = nullptr;    // behind its last piece
    bool first_ = false;       // that is its first
    std::size_t outside_ = 0;  // pieces that others were given meanwhile
};

}  // namespace fibercast
