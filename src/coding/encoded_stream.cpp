#include "encoded_stream.hpp"

#include "encoder.hpp"

#include <fibercast/http/chunk.hpp>

#include <utility>

namespace fibercast {
namespace {

chunk_ptr chunk_of(std::string_view text) { return text.empty() ? nullptr : chunk::make(text); }

/// Of a stream, and before a piece that starts anew; null for a coding that needs none.
chunk_ptr const& opening_chunk(content_coding coding) {
    using enum content_coding;
    static std::array const all = {chunk_ptr(), chunk_of(opening_of(gzip)),
                                   chunk_of(opening_of(br)), chunk_of(opening_of(zstd))};
    return all[static_cast<std::size_t>(coding)];
}
chunk_ptr const& ending_chunk(content_coding coding) {
    using enum content_coding;
    static std::array const all = {chunk_ptr(), chunk_of(ending_of_piece(gzip)),
                                   chunk_of(ending_of_piece(br)), chunk_of(ending_of_piece(zstd))};
    return all[static_cast<std::size_t>(coding)];
}

}  // namespace

encoded_stream::views encoded_stream::next(std::string_view plain, encoded_forms& forms) {
    auto const& piece = forms.piece_for(at_.get(), coding_, plain, windows_);
    views made;
    auto const& before = at_ == nullptr ? opening_chunk(coding_) : ending_chunk(coding_);
    if (before && forms.is_anew(piece)) made.all[made.count++] = before->view();
    made.all[made.count++] = piece.bytes->view();
    move_to(piece.behind);
    if (coding_ == content_coding::gzip) checksum_ = forms.checksum_behind(checksum_, plain);
    size_ += static_cast<std::uint32_t>(plain.size());
    return made;
}

void encoded_stream::move_to(place_ptr next) noexcept {
    if (next) next->enter();
    if (at_) at_->leave();
    at_ = std::move(next);
}

std::string encoded_stream::closing() const {
    return at_ == nullptr ? std::string() : closing_of(coding_, checksum_, size_);
}

}  // namespace fibercast
