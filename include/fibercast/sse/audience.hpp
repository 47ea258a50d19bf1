#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/deadline.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <cstddef>

namespace fibercast {

class head_count;

/// Whom publications reach: hand one over with each of them, then wait for the sum. Made where it is
/// waited for; used from one thread.
class FIBERCAST_API audience {
public:
    audience();
    audience(audience&&) noexcept;
    ~audience();

    /// Suspends (a thread: blocks) until every worker has handed on what was published with this, or
    /// until the deadline. Returns how many clients it was handed to so far, over all publications.
    std::size_t wait(deadline until = never);

private:
    friend class hub;

    boost::intrusive_ptr<head_count> counted_;
};

}  // namespace fibercast
