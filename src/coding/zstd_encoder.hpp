#pragma once

#include "encoder.hpp"

#include <memory>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;

namespace fibercast {

/// Frames of Zstandard (RFC 8878) that do not end by themselves: a piece that starts anew begins one,
/// behind the last block of the one before, and what follows it are blocks. A frame knows nothing of
/// others.
class zstd_encoder final : public encoder {
public:
    /// Of a frame: empty, without a checksum.
    static constexpr std::string_view last_block{"\x01\0\0", 3};

    zstd_encoder();

    void start_anew() override;
    void append_encoded(std::string_view plain, std::string& to) override;

private:
    struct end {
        void operator()(ZSTD_CCtx_s* it) const noexcept;
    };

    std::unique_ptr<ZSTD_CCtx_s, end> const context_;
};

}  // namespace fibercast
