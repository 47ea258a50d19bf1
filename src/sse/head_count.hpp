#pragma once

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/one_shot.hpp>

#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <atomic>
#include <cstddef>

namespace fibercast {

/// Counts the clients that publications are handed to, over all workers; what an `audience` waits
/// for.
class head_count : public boost::intrusive_ref_counter<head_count> {
public:
    /// The sequence, before any worker can see the publication: how many are going to hand it on.
    void expect(std::size_t workers) noexcept { left_.fetch_add(workers); }

    /// A worker has handed one on, to so many clients.
    void add(std::size_t clients) noexcept;

    /// The audience, which expects nothing more. False: the deadline has passed first.
    bool wait(deadline until);

    std::size_t clients() const noexcept { return clients_.load(); }

private:
    void leave() noexcept;

    one_shot complete_;
    std::atomic<std::size_t> left_ = 1;  // the audience itself, until it waits
    std::atomic<std::size_t> clients_ = 0;
    bool waited_ = false;
};

}  // namespace fibercast
