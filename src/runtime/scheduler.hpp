#pragma once

#include <boost/asio/io_context.hpp>

namespace fibercast {

/// Makes the calling thread schedule its fibers together with the events of `io`, which must
/// outlive the thread.
void schedule_fibers_with(boost::asio::io_context& io);

}  // namespace fibercast
