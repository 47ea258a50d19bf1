#pragma once

namespace fibercast {

/// What a full channel does with one more item.
enum class overflow {
    block,  ///< The sender waits until there is room. Nothing is lost; a slow reader slows the
            ///< sender.
    drop_oldest,  ///< The oldest item is thrown away (a sliding buffer).
    drop_newest,  ///< The new item is thrown away (a dropping buffer).
    disconnect,   ///< The channel is closed: a reader this slow is ended.
};

}  // namespace fibercast
