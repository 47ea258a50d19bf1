#pragma once

#include <fibercast/api.hpp>

namespace fibercast {

/// Chooses a compact fiber: `fibers.spawn(compact, function)`. It is plain blocking code as in any
/// fiber, but while it waits it keeps no stack: its frames lie in a block of their own size in the
/// heap, and all compact fibers of a worker run on one range of stack addresses. Of the price of an
/// ordinary fiber, a page at least, a compact one that waits not too deep takes a tenth.
///
/// The contract is that **nobody else points into its frames while it waits**: no other fiber, no
/// thread, not the kernel. What others are to reach lies in the heap, or in the function object,
/// which stays where it is until the function has returned. So no `[&]` that another fiber gets, no
/// channel or `one_shot` as a local variable that others use. The library keeps to it for what is
/// its own: sockets, groups, `blocking`, `worker_handle::call` and waits of all kinds may be used
/// and declared as anywhere.
///
/// - Everything that is above the wait is copied at each wait that lets others run: keep large local
///   arrays out of the functions that wait. It may go as deep as a handler, `handler_stack_size`.
/// - A compact fiber that waits at something in its own frames (a local `one_shot`), or in a way
///   that the library does not know (`boost::fibers::mutex`, futures, condition variables), keeps
///   the stage: it works, but the other compact fibers of its worker wait meanwhile, and when one of
///   them is what it waits for, for ever. Debug builds abort at the second kind, the others say it
///   once in the log.
/// - `for_each_worker` and what the hub does with all workers at once keep the stage, too.
/// - When there is no memory, `spawn` throws `std::bad_alloc`. A fiber that has got too deep for its
///   block while there is none for a larger one keeps the stage until there is.
/// - It may wait inside a `catch` block, and thread-locals are those of its worker.
struct compact_tag {};
inline constexpr compact_tag compact;

}  // namespace fibercast
