#pragma once

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/sse/send_result.hpp>

#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <atomic>
#include <cstddef>

namespace fibercast {

/// Carries back what became of a publication for one client. Every worker looks for the client; the
/// one that has it answers, or the last one when none has.
class receipt : public boost::intrusive_ref_counter<receipt> {
public:
    /// Made where `wait` is going to be called.
    explicit receipt(deadline until) : until_(until) {}

    deadline until() const noexcept { return until_; }

    /// The sequence, before any worker can see it: how many are going to look.
    void expect(std::size_t workers) noexcept;

    /// A worker that does not have the client.
    void pass() noexcept;

    /// The worker that has the client. True: it delivers now and must `answer`. False: the sender
    /// has given up.
    bool claim() noexcept;
    void answer(send_result result) noexcept;

    /// The sender. Suspends until there is an answer. If there is none by the deadline, nobody gets
    /// the event any more.
    send_result wait();

private:
    enum class stage : unsigned char {
        open,       ///< Nobody has found the client yet.
        claimed,    ///< Somebody has, and the answer is about to come.
        withdrawn,  ///< The sender has given up.
    };

    bool move_on(stage to) noexcept;

    deadline const until_;
    one_shot answered_;
    std::atomic<std::size_t> left_ = 0;
    std::atomic<stage> stage_ = stage::open;
    send_result result_ = send_result::gone;  // set before `answered_`
};

}  // namespace fibercast
