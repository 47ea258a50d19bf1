#pragma once

#include <fibercast/api.hpp>

namespace fibercast {

/// How a body has returned that was written as far as it goes.
enum class body_state {
    over,   ///< There will be nothing more.
    waits,  ///< It goes on when what it was given is made ready.
};

}  // namespace fibercast
