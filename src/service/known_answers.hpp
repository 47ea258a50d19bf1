#pragma once

#include <fibercast/http/status.hpp>
#include <fibercast/runtime/one_shot.hpp>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace fibercast {

/// Answers by the key that a caller has given its request, so that a request which is repeated, as
/// its answer was lost, is answered again and not done again.
///
/// Any thread or fiber.
class known_answers {
public:
    using clock = std::chrono::steady_clock;

    struct answer {
        status code = status::ok;
        std::string text;
        bool lasting = true;  ///< False: nothing was done, and who repeats the request tries again.
    };

    /// Knows `most` answers, each for its lifetime; those under way come on top.
    known_answers(std::size_t most, clock::duration lifetime) : most_(most), lifetime_(lifetime) {}

    /// What `work` answers, or what it has answered to this key. Who comes while the first is at
    /// work waits for it. `request` is the same for the same request only: another one with the
    /// same key is answered with 422. Suspends (a thread: blocks) as long as `work` does.
    answer once(std::string const& key, std::string const& request,
                std::function<answer()> const& work, clock::time_point now = clock::now());

private:
    /// Stands for a request or a key of any size: a hash of 122 bits, SHA-1's, under a secret that is
    /// chosen at the start. Of two requests with one name the second would get the first one's
    /// answer, and not be done; nobody finds two, by chance or, without the secret, by trying.
    using name = boost::uuids::uuid;

    struct entry {
        enum class state { at_work, known, given_up };

        name key;
        name request;
        clock::time_point since;
        state now = state::at_work;
        answer what = {};  // who is at work writes it, others read it once it is known
        std::vector<one_shot*> waiting = {};
    };
    using entry_ptr = std::shared_ptr<entry>;
    class working;

    entry_ptr begin(name const& key, name const& request, clock::time_point now);
    void finish(entry& it, bool known) noexcept;
    void forget_old(clock::time_point now) noexcept;

    std::size_t const most_;
    clock::duration const lifetime_;
    boost::uuids::name_generator_sha1 const name_of_{boost::uuids::random_generator()()};
    std::mutex mutex_;
    std::map<name, entry_ptr> entries_;  // by key
    std::deque<entry_ptr> in_order_;     // of their beginning; with those that were given up
};

}  // namespace fibercast
