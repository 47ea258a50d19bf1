#pragma once

#include "active_subscriptions.hpp"
#include "subscription_document.hpp"

#include <fibercast/sse/hub.hpp>
#include <fibercast/url/url.hpp>

#include <chrono>
#include <list>
#include <memory>
#include <mutex>
#include <string>

namespace fibercast::mercure {

/// Publishes who subscribes to what, from when to when, as private events of the hub, and knows who
/// has. The hub must outlive it. Any worker.
class subscription_tracker : public std::enable_shared_from_this<subscription_tracker> {
public:
    subscription_tracker(hub& clients, url const& hub_url, std::chrono::milliseconds patience);

    /// Of a client that has just joined. Suspends while workers are behind. Throws `std::bad_alloc`.
    void track(client& it, subscriber_ptr const& whose);

    active_subscriptions const& active() const noexcept { return active_; }
    std::string const& hub_path() const noexcept { return hub_.path; }

    /// What others are told of one, as members of an object of JSON.
    std::string members(active_subscriptions::entry const& of) const;

private:
    using waiting = std::list<subscriber_ptr>;

    subscription_document document(active_subscriptions::entry const& of, bool active) const;
    std::string spelling_of(std::string const& topic, wanted_matcher const& about) const;
    void publish(subscriber_ptr const& whose, bool active);
    void has_ended(waiting& one) noexcept;
    void publish_ended();

    hub& clients_;
    url const hub_;
    std::chrono::milliseconds const patience_;
    active_subscriptions active_;
    std::mutex mutex_;
    waiting ended_;            // under mutex_: whose end is still to be published
    bool publishing_ = false;  // under mutex_: a fiber is at it
};

}  // namespace fibercast::mercure
