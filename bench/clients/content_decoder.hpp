#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace bench {

/// Undoes a content coding of HTTP as the bytes come. Whatever the sender has flushed is there once
/// its last byte has been fed.
class content_decoder {
public:
    virtual ~content_decoder() = default;

    /// Appends to `text` what has become readable. Throws `failure` if these are no bytes of such a
    /// coding, or it has an end: a stream of events has none.
    virtual void feed(std::string_view coded, std::string& text) = 0;
};

/// Of `gzip`, `br`, `zstd` or `identity`. Throws `failure` for other names.
std::unique_ptr<content_decoder> decoder_of(std::string_view coding);

}  // namespace bench
