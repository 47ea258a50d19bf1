#pragma once

#include <fibercast/api.hpp>

namespace fibercast {

/// What a full channel does with one more item.
enum class overflow {
    /// The sender waits until there is room. Nothing is lost; a slow reader slows the sender.
    block,
    /// The oldest item is thrown away (a sliding buffer).
    drop_oldest,
    /// The new item is thrown away (a dropping buffer).
    drop_newest,
    /// The channel is closed: a reader this slow is ended.
    disconnect,
    /// For clients of a hub only. The reader goes on in what the hub has kept, at its own pace, until
    /// it has caught up.
    catch_up,
};

}  // namespace fibercast
