#pragma once

#include <fibercast/api.hpp>
#include <fibercast/coding/content_coding.hpp>
#include <fibercast/http/handler.hpp>

#include <cstddef>
#include <vector>

namespace fibercast {

struct compression_options {
    /// The best first: `Accept-Encoding` says which of them an answer gets.
    std::vector<content_coding> codings = {content_coding::br, content_coding::zstd,
                                           content_coding::gzip};
    /// An answer whose size is known and less stays as it is.
    std::size_t least_bytes = 512;
};

/// Compresses what `inner` answers: text, JSON, scripts, SVG and XML, and streams of events, each
/// write of which can be read at once. What has a `Content-Encoding` already stays as it is, and so
/// do answers without a body or of a part. `Vary` is set on all that may be compressed.
///
/// Each answer has an encoder of its own until it ends, 0.3 to 1.8 MiB. For a hub's clients
/// `subscription::coding` takes one for all who hear the same; this is for streams that nobody
/// shares. Suspends as `inner` does.
FIBERCAST_API handler with_compression(compression_options settings, handler inner);

}  // namespace fibercast
