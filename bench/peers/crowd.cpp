// Many fibers without sockets, each waiting on a channel of its own: the peers' `crowd` in terms of
// this library. Obeys lines on standard input and answers on standard error with the seconds that
// each took:
//   gather N          spawns N fibers; returns when all of them wait
//   wake              an item for each; returns when each has got it
//   shuffle           from now on they are woken and ended in random order, the same in every run
//   pingpong ROUNDS   two fibers hand an item to and fro
//   scatter           closes all channels; returns when all fibers have ended
// Uses as many workers as it may use cores. With --compact the fibers are compact ones.
#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/worker_pool.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <future>
#include <iostream>
#include <memory>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using mailbox = fibercast::channel<std::uint32_t>;

/// The fibers of one worker. Everything but the constructor runs on that worker.
class crowd {
public:
    crowd(fibercast::worker& home, bool compact) : compact_(compact), fibers_(home.stacks()) {}

    void gather(std::size_t size) {
        mailboxes_.reserve(size);
        for (std::size_t i = 0; i < size; ++i) {
            if (compact_) {
                fibers_.emplace<member>(fibercast::compact, *this);
            } else {
                fibers_.spawn([this] { member (*this)(); });
            }
            if (i % 256 == 255) fibercast::yield();
        }
        while (mailboxes_.size() < size) fibercast::yield();
    }

    void wake() {
        auto const before = woken_;
        for (std::size_t i = 0; i < mailboxes_.size(); ++i) {
            if (mailboxes_[i]->try_push(1) != fibercast::push_result::taken)
                throw std::logic_error("a fiber did not take its last item");
            if (i % 256 == 255) fibercast::yield();
        }
        while (woken_ < before + mailboxes_.size()) fibercast::yield();
    }

    void shuffle() { std::ranges::shuffle(mailboxes_, std::mt19937{1}); }

    void scatter() {
        for (auto* const each : mailboxes_) each->close();
        fibers_.join();
        mailboxes_.clear();
    }

private:
    /// What one fiber runs, with its mailbox: nothing in a compact fiber's frames may be pointed at.
    struct member {
        explicit member(crowd& of) : all(of) {}

        void operator()() {
            all.wait_at(own);
            std::uint32_t item = 0;
            while (own.pop(item)) all.woken_ += item;
        }

        crowd& all;
        mailbox own{1};
    };

    /// Apart, so that waiting fibers have no room for it on their stacks.
    [[gnu::noinline]] void wait_at(mailbox& own) { mailboxes_.push_back(&own); }

    bool const compact_;
    std::vector<mailbox*> mailboxes_;
    std::uint64_t woken_ = 0;
    fibercast::fiber_group fibers_;
};

template <typename... Kind>
void pingpong(fibercast::worker& home, int rounds, Kind... kind) {
    mailbox to(2), fro(2);
    fibercast::fiber_group players(home.stacks());
    players.spawn(kind..., [&] {
        std::uint32_t item = 0;
        while (to.pop(item)) fro.push(item + 1);
    });
    std::uint32_t last = 0;
    players.spawn(kind..., [&] {
        std::uint32_t item = 0;
        for (int i = 0; i < rounds; ++i) {
            to.push(item);
            fro.pop(item);
        }
        last = item;
        to.close();
    });
    players.join();
    if (last != static_cast<std::uint32_t>(rounds)) throw std::runtime_error("an item was lost");
}

/// One crowd for each worker; all of them do each thing at the same time.
class crowds {
public:
    explicit crowds(bool compact) : compact_(compact) {
        for (std::size_t i = 0; i < pool_.size(); ++i)
            all_.push_back(std::make_unique<crowd>(pool_[i], compact));
    }

    void obey(std::string const& line) {
        std::istringstream words{line};
        std::string verb;
        int number = 0;
        words >> verb >> number;
        if (verb == "gather")
            everywhere([&](std::size_t i) { all_[i]->gather(share(i, number)); });
        else if (verb == "wake")
            everywhere([&](std::size_t i) { all_[i]->wake(); });
        else if (verb == "shuffle")
            everywhere([&](std::size_t i) { all_[i]->shuffle(); });
        else if (verb == "scatter")
            everywhere([&](std::size_t i) { all_[i]->scatter(); });
        else if (verb == "pingpong")
            pool_[0].call([&] {
                if (compact_) {
                    pingpong(pool_[0], number, fibercast::compact);
                } else {
                    pingpong(pool_[0], number);
                }
            });
        else
            throw std::runtime_error("no such command");
    }

private:
    std::size_t share(std::size_t i, int number) const {
        auto const all = static_cast<std::size_t>(number);
        return all / pool_.size() + (i < all % pool_.size() ? 1 : 0);
    }

    template <class Action>
    void everywhere(Action const& action) {
        std::vector<std::future<void>> ends;
        for (std::size_t i = 0; i < pool_.size(); ++i)
            ends.push_back(
                std::async(std::launch::async, [&, i] { pool_[i].call([&] { action(i); }); }));
        for (auto& end : ends) end.get();
    }

    bool const compact_;
    fibercast::worker_pool pool_;
    std::vector<std::unique_ptr<crowd>> all_;
};

}  // namespace

int main(int count, char** words) {
    crowds all(count > 1 && std::string_view(words[1]) == "--compact");
    for (std::string line; std::getline(std::cin, line);) {
        try {
            auto const start = std::chrono::steady_clock::now();
            all.obey(line);
            std::chrono::duration<double> const elapsed = std::chrono::steady_clock::now() - start;
            fmt::print(stderr, "done {:.9f}\n", elapsed.count());
        } catch (std::exception const& error) {
            fmt::print(stderr, "failed {}\n", error.what());
        }
    }
    all.obey("scatter");
}
