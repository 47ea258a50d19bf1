#pragma once

#include <fibercast/api.hpp>

#include <csignal>

namespace fibercast {

/// SIGINT and SIGTERM, for a program that ends politely: they no longer end it, but are waited for.
///
/// Make it before a server or a pool starts, in the same thread: threads inherit which signals are
/// blocked, and one that has them unblocked would die of them.
class FIBERCAST_API stop_signals {
public:
    /// Throws `std::system_error` when no descriptor is left.
    stop_signals();

    /// Afterwards the signals do again what they did before; one that has come is spent.
    ~stop_signals();
    stop_signals(stop_signals const&) = delete;
    stop_signals& operator=(stop_signals const&) = delete;

    /// Blocks the calling thread, which is no worker, until one has come. Returns its number. For a
    /// deadline poll `native_handle`.
    int wait();

    /// Readable while one waits: for programs that poll other descriptors, too.
    int native_handle() const noexcept { return fd_; }

private:
    sigset_t watched_;
    sigset_t before_;
    int fd_;
};

}  // namespace fibercast
