#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/for_each_worker.hpp>
#include <fibercast/runtime/worker.hpp>
#include <fibercast/runtime/worker_handle.hpp>

#include <algorithm>
#include <cassert>
#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace fibercast {

/// One object for each worker, made when a fiber of that worker first asks for it.
///
/// When the worker is told to stop, a fiber of it calls the object's `stop()`, if it has one; when
/// its last fiber has ended, the object is destroyed, on the worker's thread. So this must outlive
/// the workers on which it was used, and may serve others after them.
template <typename T>
class worker_local {
public:
    using maker = std::function<std::unique_ptr<T>(worker&)>;

    /// `make` is called in a fiber of the worker and must not suspend.
    explicit worker_local(maker make = [](worker&) { return std::make_unique<T>(); })
        : make_(std::move(make)) {}
    ~worker_local() { assert(objects_.empty() && "it must outlive the workers that used it"); }
    worker_local(worker_local const&) = delete;
    worker_local& operator=(worker_local const&) = delete;

    /// In a fiber of a worker: its object. Throws what making one throws, and then there is none.
    T& get() {
        if (T* const found = find()) return *found;
        return add(*worker::current());
    }

    /// The object of the calling thread's worker; null when it has none, or is no worker. Cheap.
    T* find() const noexcept {
        worker* const home = worker::current();
        return home != nullptr ? static_cast<T*>(home->local(this)) : nullptr;
    }

    /// Any thread. Runs `function(T&)` in a fiber of each worker that has an object, all at the same
    /// time, and suspends until the last has ended. Takes no deadline and throws as
    /// `for_each_worker` does.
    template <std::invocable<T&> F>
    void for_each(F const& function) {
        for_each_worker(homes(), [&](worker&) {
            if (T* const found = find()) function(*found);
        });
    }

    /// Any thread. The workers that have an object.
    std::vector<worker_handle> homes() const {
        std::lock_guard const held(mutex_);
        std::vector<worker_handle> all;
        all.reserve(objects_.size());
        for (auto const& each : objects_) all.push_back(each.home);
        return all;
    }

private:
    struct owned {
        worker_handle home;
        std::unique_ptr<T> object;
    };

    T& add(worker& home) {
        auto made = make_(home);
        T& object = *made;
        {
            std::lock_guard const held(mutex_);
            objects_.push_back({home.handle(), std::move(made)});
        }
        try {
            home.add_local({this, &object, &worker_local::end});
            if constexpr (requires { object.stop(); }) home.at_stop([&object] { object.stop(); });
        } catch (...) {
            home.remove_local(this);
            end(this, &object);
            throw;
        }
        return object;
    }

    static void end(void* self, void* object) noexcept {
        auto& all = *static_cast<worker_local*>(self);
        std::unique_ptr<T> ended;  // destroyed without the lock
        std::lock_guard const held(all.mutex_);
        auto const place = std::find_if(all.objects_.begin(), all.objects_.end(),
                                        [&](auto& each) { return each.object.get() == object; });
        ended = std::move(place->object);
        all.objects_.erase(place);
    }

    maker const make_;
    mutable std::mutex mutex_;
    std::vector<owned> objects_;
};

}  // namespace fibercast
