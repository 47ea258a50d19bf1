#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/runnable.hpp>

#include <boost/intrusive/set.hpp>
#include <boost/intrusive/set_hook.hpp>

namespace fibercast {

/// A time after which a worker is to do something that no fiber waits for. Takes no memory of its
/// own. Belongs to the worker on which it was started.
class FIBERCAST_API timeout : public boost::intrusive::set_base_hook<
                                  boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    timeout(timeout const&) = delete;
    timeout& operator=(timeout const&) = delete;

    /// `passed` is called once when the time has come, unless it is cancelled or started anew. On a
    /// worker. Never suspends.
    void start(deadline at) noexcept;
    void cancel() noexcept { unlink(); }
    bool started() const noexcept { return is_linked(); }
    deadline at() const noexcept { return at_; }

protected:
    timeout() = default;
    ~timeout() = default;  // cancels

private:
    friend class timeouts;

    /// Must not suspend.
    virtual void passed() noexcept = 0;

    deadline at_{};
};

/// Makes something ready when its time has come.
class FIBERCAST_API ready_after final : public timeout {
public:
    void start(deadline at, runnable& what) noexcept {
        what_ = &what;
        timeout::start(at);
    }

private:
    void passed() noexcept override { what_->ready(); }

    runnable* what_ = nullptr;
};

/// The timeouts of a worker, and the one fiber that waits for them all.
class FIBERCAST_API timeouts {
public:
    explicit timeouts(stack_pool& stacks) : fibers_(stacks) {}

    /// Throws `std::bad_alloc`.
    void start();
    void add(timeout& what) noexcept;
    /// Those that are left do not pass any more.
    void end() noexcept;

private:
    struct earlier {
        bool operator()(timeout const& a, timeout const& b) const noexcept {
            return a.at() < b.at();
        }
    };

    void serve() noexcept;

    fiber_group fibers_;
    boost::intrusive::multiset<timeout, boost::intrusive::compare<earlier>,
                               boost::intrusive::constant_time_size<false>>
        all_;
    parking_spot waiting_;
    bool ended_ = false;
};

}  // namespace fibercast
