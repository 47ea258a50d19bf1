#pragma once

#include <fibercast/api.hpp>

#include <utility>

namespace fibercast {

/// A call with its function, for the heap: a compact fiber that waits for it has no frame where it
/// could lie.
template <typename F, typename Call>
struct kept_call {
    explicit kept_call(F&& what) : function(std::move(what)) {}

    F function;
    Call call{function};
};

}  // namespace fibercast
