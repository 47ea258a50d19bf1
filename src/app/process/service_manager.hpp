#pragma once

#include "notify_socket.hpp"

#include <mutex>
#include <string>
#include <string_view>

namespace fibercast::app {

/// Who has started us and wants to know how we are, such as systemd (`Type=notify`); or nobody, and
/// then nothing here does anything. What cannot be told is logged, the first time.
///
/// Any thread.
class service_manager {
public:
    /// The address is that of a `notify_socket`; throws as that does.
    explicit service_manager(std::string const& address) : socket_(address) {}

    /// The service is up. `status` is a line for people.
    void ready(std::string_view status);

    /// The configuration is being read again, until `reloaded`. Neither says anything before
    /// `ready` or after `stopping`: the one would be ready too early, the other again.
    void reloading();
    void reloaded();

    void stopping(std::string_view status);

    /// To be called again within the time that a watchdog allows.
    void alive();

private:
    enum class phase { starting, ready, stopping };

    void send(std::string_view text);

    notify_socket const socket_;
    std::mutex mutex_;  // so that what is sent has the order of the phases
    phase phase_ = phase::starting;
    bool complained_ = false;
};

}  // namespace fibercast::app
