#pragma once

#include <fibercast/api.hpp>

namespace fibercast::mercure {

/// As what the protocol is spoken.
enum class protocol : unsigned char {
    v1_0,  ///< draft-dunglas-mercure-08.
    /// What came before: `topic=` with URI Templates, and tokens with the claim `mercure`, which may
    /// be in the URL.
    v0_x,
};

}  // namespace fibercast::mercure
