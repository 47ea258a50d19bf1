#pragma once

#include "encoder.hpp"

#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;

namespace fibercast {

/// Blocks of DEFLATE (RFC 1951), without what gzip puts around them: a piece that starts anew has an
/// empty window, and distances are counted back from where they are.
class gzip_encoder final : public encoder {
public:
    /// RFC 1952, section 2.3: no name, no time, of a Unix.
    static constexpr std::string_view header{"\x1f\x8b\x08\0\0\0\0\0\0\x03", 10};
    /// Empty, of the fixed codes. The checksum and the size follow it.
    static constexpr std::string_view last_block{"\x03\0", 2};

    gzip_encoder();
    ~gzip_encoder() override;

    void start_anew() override;
    void append_encoded(std::string_view plain, std::string& to) override;

private:
    std::unique_ptr<z_stream_s> const stream_;
};

}  // namespace fibercast
