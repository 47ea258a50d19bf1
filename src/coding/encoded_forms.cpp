#include "encoded_forms.hpp"

#include <zlib.h>

namespace fibercast {

encoded_piece const& encoded_forms::piece_for(place* from, content_coding coding,
                                              std::string_view plain, windows& in) {
    auto& it = forms_[static_cast<std::size_t>(coding) - 1];  // none of identity
    if (from != nullptr && !it.following) {
        it.following = in.go_on(*from, plain);
        if (it.following) {
            it.from = from;
            kept(it.following, it.anew);
        }
    }
    if (it.following && it.from == from) return it.following;
    if (!it.anew) {
        it.anew = in.start(coding, plain);
        kept(it.anew, it.following);
    }
    return it.anew;
}

void encoded_forms::kept(encoded_piece const& made, encoded_piece const& beside) noexcept {
    bytes_ += made.bytes->payload().size();
    if (beside) made.behind->stands_beside(*beside.behind);
}

std::uint32_t encoded_forms::checksum_behind(std::uint32_t before,
                                             std::string_view plain) noexcept {
    auto const* const bytes = reinterpret_cast<Bytef const*>(plain.data());
    if (!summed_) {
        sum_ = static_cast<std::uint32_t>(crc32_z(0, bytes, plain.size()));
        shift_by_size_ =
            static_cast<std::uint32_t>(crc32_combine_gen(static_cast<z_off_t>(plain.size())));
        summed_ = true;
    }
    return static_cast<std::uint32_t>(crc32_combine_op(before, sum_, shift_by_size_));
}

}  // namespace fibercast
