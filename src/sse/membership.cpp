#include "membership.hpp"

#include "member.hpp"

#include <fibercast/http/chunk.hpp>
#include <fibercast/sse/event.hpp>

namespace fibercast {

delivery_ptr membership::comment(counter& held) {
    return delivery::of(chunk::make(keep_alive_comment), held);
}

}  // namespace fibercast
