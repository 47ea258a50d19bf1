#include "encoded_stream.hpp"

#include "encoder.hpp"

#include <fibercast/http/chunk.hpp>

#include <utility>

namespace fibercast {
namespace {

using chunks = std::array<chunk_ptr, 4>;  // of each coding; null where nothing is needed

chunks chunks_of(std::string_view (*text_of)(content_coding)) {
    chunks made;
    for (std::size_t i = 0; i < made.size(); ++i) {
        auto const text = text_of(static_cast<content_coding>(i));
        if (!text.empty()) made[i] = chunk::make(text);
    }
    return made;
}

/// What stands between what a stream has had and a piece that starts anew.
chunk_ptr const& before_anew(content_coding coding, bool at_the_beginning) {
    static auto const openings = chunks_of(opening_of);
    static auto const endings = chunks_of(ending_of_piece);
    return (at_the_beginning ? openings : endings)[static_cast<std::size_t>(coding)];
}

}  // namespace

encoded_stream::views encoded_stream::next(std::string_view plain, encoded_forms& forms) {
    auto const& piece = forms.piece_for(at_.get(), coding_, plain, windows_);
    views made;
    auto const& before = before_anew(coding_, at_ == nullptr);
    if (before && piece.anew) made.all[made.count++] = before->view();
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
