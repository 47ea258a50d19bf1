#include <fibercast/runtime/sleep.hpp>

#include <boost/fiber/operations.hpp>

namespace fibercast {

void sleep_until(deadline until) { boost::this_fiber::sleep_until(until); }

void yield() { boost::this_fiber::yield(); }

}  // namespace fibercast
