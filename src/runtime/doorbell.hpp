#pragma once

#include "reserved_memory.hpp"
#include "turns.hpp"

#include <boost/asio/io_context.hpp>

#include <atomic>

namespace fibercast {

class inbox;

/// Wakes an event loop from any thread, without memory: it then runs the next task of its inbox, if
/// there is one.
class doorbell {
public:
    doorbell(boost::asio::io_context& io, inbox& tasks, turns& noted) noexcept
        : io_(io), tasks_(tasks), turns_(noted) {}
    doorbell(doorbell const&) = delete;
    doorbell& operator=(doorbell const&) = delete;

    void ring() noexcept;

private:
    struct answer;

    boost::asio::io_context& io_;
    inbox& tasks_;
    turns& turns_;
    std::atomic<bool> rung_ = false;  // the handler is in the event loop's queue, and in `memory_`
    reserved_memory memory_;
};

}  // namespace fibercast
