#include "subscription_tracker.hpp"

#include "runtime/log_throttle.hpp"
#include "service/reserved_type.hpp"
#include "subscription_document.hpp"

#include <fibercast/runtime/log.hpp>
#include <fibercast/runtime/worker.hpp>
#include <fibercast/service/topic_urls.hpp>

#include <spdlog/logger.h>

#include <exception>
#include <utility>

namespace fibercast::mercure {
namespace {

void say_lost() {
    static log_throttle lines(1);
    if (auto const times = lines.next())
        log().warn("mercure: {} events of subscriptions were lost, as clients do not keep up",
                   *times);
}

}  // namespace

subscription_tracker::subscription_tracker(hub& clients, url const& hub_url,
                                           std::chrono::milliseconds patience)
    : clients_(clients), hub_(hub_url), patience_(patience) {}

/// In this order: whoever reads the list and then what follows the last event misses nothing; and
/// the end is not published before the beginning.
void subscription_tracker::track(client& it, subscriber_ptr const& whose) {
    // What the end takes is there beforehand.
    auto const place = std::make_shared<waiting>(1, whose);
    active_.add(whose);
    try {
        publish(whose, true);
        it.when_ended([self = shared_from_this(), place](end_reason) { self->has_ended(*place); });
    } catch (...) {
        active_.remove(*whose);
        throw;
    }
}

std::string subscription_tracker::members(active_subscriptions::entry const& of) const {
    return members_of(hub_.path, document(of, true));
}

subscription_document subscription_tracker::document(active_subscriptions::entry const& of,
                                                     bool active) const {
    auto const& from = of.whose->from;
    auto const payload =
        from == nullptr ? "" : from->payload_for(resolved_topic(of.what->text, hub_));
    return {*of.what, of.whose->id, payload, active};
}

/// URL patterns are of the versions from 1.0 on.
std::string subscription_tracker::spelling_of(std::string const& topic,
                                              wanted_matcher const& about) const {
    return about.type == match_type::selector ? std::string() : url_spelling(topic, hub_);
}

void subscription_tracker::publish(subscriber_ptr const& whose, bool active) {
    for (auto const& each : whose->matchers) {
        auto const told = document({&each, whose}, active);
        auto const topic = path_of(hub_.path, told);
        event what(text_of(hub_.path, told));
        if (each.type != match_type::selector) what.type(std::string(type_of_subscriptions));
        publish_request const update{
            .topics = {{topic, spelling_of(topic, each)}}, .what = what, .is_private = true};
        if (!clients_.publish(update, after(patience_))) say_lost();
    }
}

/// Where nothing may suspend or throw.
void subscription_tracker::has_ended(waiting& one) noexcept {
    active_.remove(*one.front());
    {
        std::lock_guard const held(mutex_);
        ended_.splice(ended_.end(), one);
        if (std::exchange(publishing_, true)) return;
    }
    try {
        worker::current()->fibers().spawn([self = shared_from_this()] { self->publish_ended(); });
    } catch (std::exception const&) {
        std::lock_guard const held(mutex_);
        publishing_ = false;  // the next one that ends takes it along
    }
}

void subscription_tracker::publish_ended() {
    for (;;) {
        waiting next;
        {
            std::lock_guard const held(mutex_);
            publishing_ = !ended_.empty();
            if (!publishing_) return;
            next.splice(next.end(), ended_, ended_.begin());
        }
        try {
            publish(next.front(), false);
        } catch (std::exception const&) {
            say_lost();
        }
    }
}

}  // namespace fibercast::mercure
