#include "known_answers.hpp"

#include <utility>

namespace fibercast {

/// Somebody at work. Whatever comes of it, those who wait are woken, which takes no memory.
class known_answers::working {
public:
    working(known_answers& among, entry& it) noexcept : among_(among), it_(it) {}
    ~working() { among_.finish(it_, known_); }
    working(working const&) = delete;
    working& operator=(working const&) = delete;

    void done() noexcept { known_ = it_.what.lasting; }

private:
    known_answers& among_;
    entry& it_;
    bool known_ = false;
};

known_answers::answer known_answers::once(std::string const& key, std::string const& request,
                                          std::function<answer()> const& work,
                                          clock::time_point now) {
    auto const key_name = name_of_(key);
    auto const request_name = name_of_(request);
    for (;;) {
        one_shot done;
        entry_ptr it;
        {
            std::lock_guard const held(mutex_);
            forget_old(now);
            auto const found = entries_.find(key_name);
            if (found == entries_.end()) {
                it = begin(key_name, request_name, now);
            } else if (found->second->request != request_name) {
                return {status::unprocessable_entity,
                        "this Idempotency-Key came with another request before\n"};
            } else if (found->second->now == entry::state::known) {
                return found->second->what;
            } else {
                found->second->waiting.push_back(&done);
            }
        }
        if (it) {
            working here(*this, *it);
            it->what = work();
            here.done();
            return it->what;
        }
        done.wait();
    }
}

known_answers::entry_ptr known_answers::begin(name const& key, name const& request,
                                              clock::time_point now) {
    auto made = std::make_shared<entry>(entry{.key = key, .request = request, .since = now});
    in_order_.push_back(made);
    try {
        entries_.emplace(key, made);
    } catch (...) {
        in_order_.pop_back();
        throw;
    }
    return made;
}

void known_answers::finish(entry& it, bool known) noexcept {
    std::vector<one_shot*> waiting;
    {
        std::lock_guard const held(mutex_);
        waiting.swap(it.waiting);
        it.now = known ? entry::state::known : entry::state::given_up;
        if (!known) entries_.erase(it.key);
    }
    for (auto* const each : waiting) each->set();
}

void known_answers::forget_old(clock::time_point now) noexcept {
    while (!in_order_.empty()) {
        auto const& oldest = *in_order_.front();
        bool const due = in_order_.size() > most_ || now - oldest.since >= lifetime_;
        if (oldest.now == entry::state::at_work) return;
        if (oldest.now == entry::state::known && !due) return;
        if (oldest.now == entry::state::known) entries_.erase(oldest.key);
        in_order_.pop_front();
    }
}

}  // namespace fibercast
