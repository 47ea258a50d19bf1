#pragma once

#include <fibercast/testing/event_reader.hpp>
#include <fibercast/testing/memory_output.hpp>
#include <fibercast/testing/test_address.hpp>
#include "decoders/decoder.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/worker.hpp>
#include <fibercast/sse/hub.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A client of a hub whose stream goes into memory. Made and used on any thread but the worker's
/// own event loop; everything happens in fibers of the worker.
class memory_client {
public:
    memory_client(fibercast::worker& home, fibercast::hub& in, fibercast::subscription wants = {})
        : home_(home) {
        home_.call([&] {
            fibers_.emplace(home_.stacks());
            client_.emplace(in.join(wants));
            if (wants.coding != fibercast::content_coding::identity)
                reading_ = decoder::of(wants.coding);
            id_ = client_->id();
            begins_behind_ = client_->begins_behind();
            fibers_->spawn([this] {
                write_body(*client_, out_);
                ended_ = true;
                out_.wake_waiting();
            });
        });
    }

    /// Goes away as a peer does, if it is still there.
    ~memory_client() {
        home_.call([&] {
            out_.leave();
            fibers_->join();
            client_.reset();
        });
    }
    memory_client(memory_client const&) = delete;
    memory_client& operator=(memory_client const&) = delete;

    fibercast::client_id id() const noexcept { return id_; }
    std::optional<std::string> const& begins_behind() const noexcept { return begins_behind_; }

    void block() {
        home_.call([&] { out_.stop_reading(); });
    }
    void unblock() {
        home_.call([&] { out_.read_on(); });
    }
    void fail_writes() {
        home_.call([&] { out_.abort(); });
    }
    void go_away() {
        home_.call([&] { out_.leave(); });
    }
    void at_next_write(std::function<void()> act) {
        home_.call([&] { out_.at_next_write(std::move(act)); });
    }
    bool ended() {
        return home_.call([&] { return ended_; });
    }
    bool connected() {
        return home_.call([&] { return client_->connected(); });
    }
    bool stalled() {
        return home_.call([&] { return out_.stalled(); });
    }
    fibercast::send_result send(fibercast::event const& what,
                                fibercast::deadline until = fibercast::never) {
        return home_.call([&] { return client_->send(what, until); });
    }
    void end() {
        home_.call([&] { client_->end(); });
    }
    void when_ended(std::function<void(fibercast::end_reason)> tell) {
        home_.call([&] { client_->when_ended(std::move(tell)); });
    }
    bool unfinished() {
        return home_.call([&] { return out_.unfinished(); });
    }
    std::size_t gathered_writes() {
        return home_.call([&] { return out_.gathered_writes(); });
    }
    /// As its decoder reads it, if it has one.
    std::string text() {
        return home_.call([&] { return read(); });
    }
    std::size_t bytes_written() {
        return home_.call([&] { return out_.text().size(); });
    }
    /// Whether its decoder has found the end.
    bool decoded_to_the_end() {
        return home_.call([&] {
            read();
            return reading_->ended();
        });
    }

    /// What it has received so far.
    std::vector<std::string> received() {
        std::vector<std::string> all;
        for (auto& each : fibercast::testing::event_reader().feed(text()))
            all.push_back(std::move(each.data));
        return all;
    }

    /// Waits until it has received something that `done` says true to. False: it has not come.
    template <typename Predicate>
    bool wait_until(Predicate done) {
        auto const limit = fibercast::after(std::chrono::seconds(30));
        return home_.call([&] {
            while (!done(read())) {
                if (ended_ || !out_.wait_for_change(limit)) return done(read());
            }
            return true;
        });
    }

    bool wait_for(std::string const& data) {
        return wait_until([needle = "data: " + data + "\n\n"](std::string const& text) {
            return text.ends_with(needle);
        });
    }

    /// Waits until its stream has ended.
    bool wait_for_end() {
        return home_.call(
            [&] { return fibers_->join(fibercast::after(std::chrono::seconds(30))); });
    }

private:
    std::string const& read() {
        if (!reading_) return out_.text();
        decoded_ += reading_->feed(std::string_view(out_.text()).substr(fed_));
        fed_ = out_.text().size();
        return decoded_;
    }

    fibercast::worker& home_;
    fibercast::testing::memory_output out_{fibercast::testing::test_address()};
    std::unique_ptr<decoder> reading_;  // null: what is written is plain
    std::size_t fed_ = 0;
    std::string decoded_;
    std::optional<fibercast::client> client_;
    fibercast::client_id id_ = 0;
    std::optional<std::string> begins_behind_;
    bool ended_ = false;
    std::optional<fibercast::fiber_group> fibers_;
};
