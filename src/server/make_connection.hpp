#pragma once

#include "served_connection.hpp"

#include "http1/serving.hpp"

#include <memory>

namespace fibercast {

/// A connection on the connected socket `fd`, to be run on the calling worker. This is where its
/// protocol is chosen. What it was given must outlive it, but for the socket, which it owns; what it
/// has taken over is -1 then, also when it throws `std::bad_alloc`.
std::unique_ptr<served_connection> make_connection(int& fd, served_connection::owner& of,
                                                   serving const& how);

}  // namespace fibercast
