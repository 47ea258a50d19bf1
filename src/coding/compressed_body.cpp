#include "compressed_body.hpp"

#include "encoder.hpp"

#include <fibercast/http/output.hpp>
#include <fibercast/runtime/detail/shared_stack.hpp>

#define ZLIB_CONST
#include <zlib.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast {
namespace {

class compressing_output final : public output {
public:
    compressing_output(content_coding coding, output& to)
        : coding_(coding), encoder_(encoder::make(coding)), to_(to) {}

    bool write(std::string_view bytes) override {
        if (bytes.empty()) return true;
        encode(bytes);
        return send();
    }
    bool write(std::span<chunk_view const> chunks) override {
        for (auto const& each : chunks) encode(each.payload());
        return send();
    }
    bool flush() override { return to_.flush(); }
    void leave_unfinished() noexcept override {
        unfinished_ = true;
        to_.leave_unfinished();
    }
    fibercast::peer& peer() noexcept override { return to_.peer(); }

    /// The body is over. False as `write`.
    bool finish() {
        if (unfinished_) return true;
        // Of zstd nothing at all is no frames.
        if (!begun_ && coding_ == content_coding::zstd) return true;
        if (!begun_) made_ = opening_of(coding_);
        made_ += closing_of(coding_, checksum_, size_);
        return send();
    }

private:
    void encode(std::string_view bytes) {
        if (!std::exchange(begun_, true)) made_ = opening_of(coding_);
        on_shared_stack([&] { encoder_->append_encoded(bytes, made_); });
        checksum_ = static_cast<std::uint32_t>(
            crc32_z(checksum_, reinterpret_cast<Bytef const*>(bytes.data()), bytes.size()));
        size_ += static_cast<std::uint32_t>(bytes.size());
    }
    bool send() {
        auto const made = std::exchange(made_, {});
        return to_.write(made);
    }

    content_coding const coding_;
    std::unique_ptr<encoder> const encoder_;
    output& to_;
    std::string made_;  // and not written
    std::uint32_t checksum_ = 0;
    std::uint32_t size_ = 0;
    bool begun_ = false;
    bool unfinished_ = false;
};

struct compressed {
    content_coding coding;
    std::unique_ptr<compressing_output> to;  // when it is written
    any_body inner;                          // behind the output, which it may use to its end
};

body_state write_ready(compressed& it, output& out, runnable& again) {
    if (!it.to) it.to = std::make_unique<compressing_output>(it.coding, out);
    auto const state = write_ready(it.inner, *it.to, again);
    if (state == body_state::over) static_cast<void>(it.to->finish());
    return state;
}

}  // namespace

any_body compressed_body(content_coding coding, any_body inner) {
    return compressed{coding, nullptr, std::move(inner)};
}

}  // namespace fibercast
