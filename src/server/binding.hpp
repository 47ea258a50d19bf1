#pragma once

#include "net/acceptor.hpp"

#include <fibercast/server/endpoint.hpp>

#include <vector>

namespace fibercast {

/// Sockets bound to all of these addresses that this machine can use; a port of 0 becomes the same
/// free one for all. Throws `std::system_error`, also when it can use none.
std::vector<listening_socket> bind_all(std::vector<boost::asio::ip::tcp::endpoint> const& addresses,
                                       tcp_options const& inherited);

/// Sockets bound to every address that the endpoint's host has, or copies of those that it was
/// given. Blocks the thread. Throws `std::system_error`, whose text has host and port, or the
/// descriptor.
std::vector<listening_socket> bind_to(endpoint const& at);

/// Lets them all listen; throws as above.
void listen_on(std::vector<listening_socket>& all, endpoint const& at);

}  // namespace fibercast
