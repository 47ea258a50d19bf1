#include <fibercast/runtime/fiber_census.hpp>

#include "carrier.hpp"
#include "scheduler.hpp"

#include <fibercast/runtime/one_shot.hpp>

#include <algorithm>
#include <memory>

namespace fibercast {

std::string_view name_of(wait_for what) noexcept {
    switch (what) {
    case wait_for::turn: return "a turn, or runs";
    case wait_for::something: return "something else";
    case wait_for::item: return "an item of a channel";
    case wait_for::room: return "room in a channel";
    case wait_for::time: return "a time (sleep_for)";
    case wait_for::input: return "a peer to send";
    case wait_for::output: return "a peer to take what is written";
    case wait_for::connection: return "a connection";
    case wait_for::event: return "an event for a stream";
    case wait_for::client: return "room in a client's channel";
    case wait_for::publication: return "an event for a hub";
    case wait_for::work: return "work (a worker's own)";
    case wait_for::blocking: return "a side thread (blocking())";
    case wait_for::other_thread: return "another thread";
    case wait_for::fibers: return "other fibers to end";
    }
    return "?";
}

void fiber_census::add(wait_for what, std::chrono::milliseconds since) noexcept {
    group& its = groups_[index(what)];
    ++its.fibers;
    its.longest = std::max(its.longest, since);
}

void fiber_census::add(fiber_census const& other) noexcept {
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        groups_[i].fibers += other.groups_[i].fibers;
        groups_[i].longest = std::max(groups_[i].longest, other.groups_[i].longest);
        compact_[i] += other.compact_[i];
    }
}

fiber_census fiber_census::here() noexcept {
    fiber_census all;
    for_each_fiber(
        [](void* to, wait_for what, std::chrono::milliseconds since) {
            static_cast<fiber_census*>(to)->add(what, since);
        },
        &all);
    if (this_stage.home == nullptr) return all;
    std::size_t ready = this_stage.home->live();
    for (std::size_t i = 0; i < wait_for_count; ++i) {
        all.add_compact(static_cast<wait_for>(i), this_stage.waiting[i]);
        ready -= this_stage.waiting[i];
    }
    all.add_compact(wait_for::turn, ready);
    return all;
}

fibers_of_workers count_fibers(std::span<worker_handle const> homes, deadline until) {
    struct answer {
        fiber_census here;
        one_shot given;
    };
    // Shared: a worker may still answer when nobody waits any more.
    std::vector<std::shared_ptr<answer>> answers;
    for (auto const& each : homes) {
        auto its = std::make_shared<answer>();
        bool const asked = each.post([its] {
            its->here = fiber_census::here();
            its->given.set();
        });
        answers.push_back(asked ? std::move(its) : nullptr);
    }
    fibers_of_workers result;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i] == nullptr) continue;
        if (answers[i]->given.wait(until)) {
            result.all.add(answers[i]->here);
        } else {
            result.silent.push_back(i);
        }
    }
    return result;
}

}  // namespace fibercast
