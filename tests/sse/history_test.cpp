#include "sse/history.hpp"

#include "support/catch.hpp"

#include <chrono>
#include <string>
#include <vector>

using fibercast::chunk;
using fibercast::history;
using fibercast::publication;
using fibercast::topic_set;
using namespace std::chrono_literals;

namespace {

using numbers = std::vector<std::uint64_t>;

class everything final : public fibercast::event_filter {
    bool may_want(fibercast::topic_set_ptr const&) const noexcept override { return true; }
};
class without_topics final : public fibercast::event_filter {
    bool may_want(fibercast::topic_set_ptr const& topics) const noexcept override {
        return !topics;
    }
};

struct with_history {
    void keep(std::uint64_t number, std::size_t bytes = 1, std::string_view own_id = {},
              history::clock::time_point at = {}) {
        kept.keep({0, chunk::make(std::string(bytes, 'x')), nullptr, number}, own_id, at);
    }

    /// What is read at once, and `through`.
    numbers read(std::uint64_t after, std::uint64_t last, std::size_t room = 100) {
        std::vector<publication> got;
        got.reserve(room);
        through = kept.read(after, last, everything(), got);
        numbers all;
        for (auto const& each : got) all.push_back(each.number);
        return all;
    }

    history kept{{.events = 4, .bytes = 100, .age = 10s}};
    std::uint64_t through = 0;
};

}  // namespace

TEST_CASE_METHOD(with_history, "what was kept is read by its numbers, which may have holes") {
    for (auto const each : {3, 4, 7}) keep(static_cast<std::uint64_t>(each));
    CHECK(kept.floor() == 0);
    CHECK(read(0, 9) == numbers{3, 4, 7});
    CHECK(through == 9);
    CHECK(read(3, 7) == numbers{4, 7});
    CHECK(through == 7);
    CHECK(read(4, 6) == numbers{});
    CHECK(through == 6);
    CHECK(read(5, 9) == numbers{7});
    CHECK(read(7, 9) == numbers{});
}

TEST_CASE_METHOD(with_history,
                 "the oldest goes when there are too many, too many bytes, or it is old") {
    for (std::uint64_t i = 1; i <= 6; ++i) keep(i);
    CHECK(read(0, 9) == numbers{3, 4, 5, 6});
    CHECK(kept.floor() == 2);
    keep(7, 98);
    CHECK(read(0, 9) == numbers{5, 6, 7});
    CHECK(kept.bytes() == 100);
    keep(8, 1000);  // the last is always kept
    CHECK(read(0, 9) == numbers{8});
    CHECK(kept.floor() == 7);
    keep(9, 1, {}, history::clock::time_point(5s));
    CHECK(read(0, 9) == numbers{9});
    keep(10, 1, {}, history::clock::time_point(16s));
    CHECK(read(0, 10) == numbers{10});
    kept.expire(history::clock::time_point(26s));
    CHECK(read(0, 10) == numbers{10});
    kept.expire(history::clock::time_point(27s));
    CHECK(kept.events() == 0);
    CHECK(kept.bytes() == 0);
    CHECK(kept.floor() == 10);
}

TEST_CASE_METHOD(with_history, "a piece has so many events, or so many bytes or one event") {
    for (std::uint64_t i = 1; i <= 4; ++i) keep(i);
    CHECK(read(0, 4, 2) == numbers{1, 2});
    CHECK(through == 2);
    history large{{.events = 9, .bytes = 1'000'000, .age = {}}};
    auto const most = history::most_bytes_at_once;
    for (auto const bytes : {most / 2, most / 2, most + 1, most})
        large.keep({0, chunk::make(std::string(bytes, 'x')), nullptr, large.events() + 1}, {}, {});
    std::vector<publication> got;
    got.reserve(9);
    CHECK(large.read(0, 9, everything(), got) == 2);
    got.clear();
    CHECK(large.read(2, 9, everything(), got) == 3);
    CHECK(got.size() == 1);
    got.clear();
    CHECK(large.read(3, 9, everything(), got) == 9);
    CHECK(got.size() == 1);
}

TEST_CASE("a reader looks at so many at once") {
    history kept{{.events = 3000, .bytes = 1'000'000, .age = {}}};
    boost::intrusive_ptr<topic_set const> const topics(new topic_set({{"t"}}));
    for (std::uint64_t i = 1; i <= 3000; ++i)
        kept.keep({0, chunk::make("x"), nullptr, i, topics}, {}, {});
    std::vector<publication> got;
    got.reserve(1);
    CHECK(kept.read(0, 3000, without_topics(), got) == 1024);
    CHECK(kept.read(1024, 3000, without_topics(), got) == 2048);
    CHECK(kept.read(2048, 3000, without_topics(), got) == 3000);
    CHECK(got.empty());
    CHECK(kept.bytes() == 3000 * (1 + topics->bytes()));
}

TEST_CASE_METHOD(with_history, "publishers' ids are found as long as their events are kept") {
    std::string const first = "first", other = "other";
    keep(1, 1, first);
    keep(2, 1, other);
    keep(3, 1, first);
    CHECK(kept.find("first") == 1u);  // the oldest: rather twice than not at all
    CHECK(kept.find("other") == 2u);
    CHECK_FALSE(kept.find("none"));
    CHECK_FALSE(kept.find(""));
    for (std::uint64_t i = 4; i <= 5; ++i) keep(i);
    CHECK(kept.find("first") == 3u);
    for (std::uint64_t i = 6; i <= 9; ++i) keep(i);
    CHECK_FALSE(kept.find("first"));
    CHECK_FALSE(kept.find("other"));
}

TEST_CASE("a history of nothing keeps nothing, and says so") {
    history none{{}};
    CHECK_FALSE(none.on());
    none.keep({0, chunk::make("x"), nullptr, 5}, "id", {});
    CHECK(none.floor() == 5);
    CHECK_FALSE(none.find("id"));
    CHECK(none.events() == 0);
}
