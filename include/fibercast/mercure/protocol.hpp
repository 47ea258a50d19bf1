#pragma once

namespace fibercast::mercure {

/// As what the protocol is spoken.
enum class protocol : unsigned char {
    v1_0,  ///< draft-dunglas-mercure-08.
    /// What came before: `topic=` with URI Templates, tokens with the claim `mercure`, also in the URL.
    v0_x,
};

}  // namespace fibercast::mercure
