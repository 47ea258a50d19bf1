#include "coding/encoded_stream.hpp"

#include "coding/some_text.hpp"
#include "decoders/decoder.hpp"
#include "support/catch.hpp"
#include "support/chance.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <vector>

using fibercast::content_coding;
using fibercast::encoded_forms;
using fibercast::encoded_stream;
using fibercast::windows;

namespace {

/// Bytes that several streams say.
struct shared_text {
    explicit shared_text(std::string what) : plain(std::move(what)) {}
    std::string plain;
    encoded_forms forms;
};

/// A stream and the client that reads it.
struct listener {
    listener(content_coding coding, windows& in)
        : stream(coding, in), reading(decoder::of(coding)) {}

    /// Returns what it took.
    std::size_t hear(shared_text& what) {
        auto const views = stream.next(what.plain, what.forms);
        std::size_t size = 0;
        for (std::size_t i = 0; i < views.count; ++i) {
            auto const bytes = views.all[i].payload();
            size += bytes.size();
            heard += reading->feed(bytes);
        }
        said += what.plain;
        return size;
    }
    bool has_heard_all() const { return heard == said; }

    encoded_stream stream;
    std::unique_ptr<decoder> reading;
    std::string said;
    std::string heard;
};

using listeners = std::vector<std::unique_ptr<listener>>;

void join(listeners& all, content_coding coding, windows& in, std::size_t count) {
    for (; count != 0; --count) all.push_back(std::make_unique<listener>(coding, in));
}

/// All hear a text of ten kilobytes of which a little is new. Returns what it took of each.
std::vector<std::size_t> say_to(listeners& all, int number) {
    std::string text;
    for (int row = 0; row < 100; ++row)
        text += "<tr id='" + std::to_string(row * 7919) + "'>" +
                std::to_string(row == number % 100 ? number * 31 : row * 7) + "</tr>\n";
    shared_text what(text);
    std::vector<std::size_t> sizes;
    for (auto const& each : all) sizes.push_back(each->hear(what));
    for (auto const& each : all) REQUIRE(each->has_heard_all());
    return sizes;
}

auto any_coding() {
    return GENERATE(content_coding::gzip, content_coding::br, content_coding::zstd);
}

}  // namespace

TEST_CASE("who hears the same from the beginning gets the same bytes, and few") {
    auto const coding = any_coding();
    windows in;
    listeners all;
    join(all, coding, in, 10);
    auto const first = say_to(all, 0).front();
    for (int i = 1; i < 20; ++i) {
        for (auto const size : say_to(all, i)) CHECK(size * 5 < first);
    }
}

TEST_CASE("who comes later starts anew, until it is worth it that all do") {
    auto const coding = any_coding();
    windows in;
    listeners all;
    join(all, coding, in, 10);
    for (int i = 0; i < 5; ++i) say_to(all, i);
    join(all, coding, in, 2);
    // Before the others, or behind them.
    if (GENERATE(false, true)) std::reverse(all.begin(), all.end());
    int rounds = 0;
    std::size_t small = 0;
    std::size_t large = 0;
    do {
        auto sizes = say_to(all, 5 + rounds);
        std::sort(sizes.begin(), sizes.end());
        small = sizes.front();
        large = sizes.back();
        if (++rounds < 5) {  // two of ten: after the fifth, ten pieces
            CHECK(sizes[9] == small);
            CHECK(sizes[10] == large);
            CHECK(small * 5 < large);
        }
    } while (small * 5 < large && rounds < 100);
    CHECK(rounds == 6);
    for (int i = 0; i < 5; ++i) {
        auto const sizes = say_to(all, 50 + i);
        CHECK(sizes.front() == sizes.back());
        CHECK(sizes.front() * 5 < large);
    }
}

TEST_CASE("when most of those in a window have gone, the others' goes on") {
    auto const coding = any_coding();
    windows in;
    listeners all;
    join(all, coding, in, 3);
    say_to(all, 0);
    join(all, coding, in, 8);
    say_to(all, 1);  // eight anew
    all.erase(all.begin());
    auto const sizes = say_to(all, 2);
    CHECK(sizes[2] * 5 < sizes[0]);  // the eight go on, and the two start anew with nobody
}

TEST_CASE("any streams hear what is for them, in any order of their turns") {
    auto const coding = any_coding();
    for (unsigned seed = 0; seed < 30; ++seed) {
        chance by(seed);
        INFO(name_of(coding) << ", seed " << seed);
        windows in;
        listeners all;
        join(all, coding, in, 5);
        std::vector<std::deque<std::shared_ptr<shared_text>>> waiting(40);
        for (int step = 0; step < 300; ++step) {
            if (by.one_in(10) && all.size() < waiting.size()) join(all, coding, in, 1);
            auto const what = std::make_shared<shared_text>(some_text(by));
            auto const topic = by.below(4);
            for (std::size_t i = 0; i < all.size(); ++i) {
                // Topic 0 is for all, others for some; a slow one loses some now and then.
                if (topic == 0 || i % 4 == topic || by.one_in(20)) waiting[i].push_back(what);
                if (waiting[i].size() > 8 && by.one_in(2)) waiting[i].erase(waiting[i].begin());
            }
            for (std::size_t i = 0; i < all.size(); ++i) {
                for (auto turns = by.below(3); turns != 0 && !waiting[i].empty(); --turns) {
                    all[i]->hear(*waiting[i].front());
                    waiting[i].pop_front();
                    REQUIRE(all[i]->has_heard_all());
                }
            }
            if (by.one_in(25) && all.size() > 1) {  // one goes, another comes
                auto const one = by.below(all.size());
                waiting[one].clear();
                all[one] = std::make_unique<listener>(coding, in);
            }
        }
        for (auto const& each : all) {
            if (each->said.empty()) continue;
            each->reading->feed(each->stream.closing());
            CHECK(each->reading->ended());
        }
    }
}

TEST_CASE("the same bytes are encoded twice at most, however many streams say them") {
    auto const coding = any_coding();
    windows in;
    listeners all;
    chance by(3);
    for (int step = 0; step < 50; ++step) {
        join(all, coding, in, by.below(4));
        shared_text what(some_text(by));
        std::vector<char const*> pieces;
        for (auto const& each : all) {
            if (by.one_in(5)) continue;
            auto const views = each->stream.next(what.plain, what.forms);
            pieces.push_back(views.all[views.count - 1].framed().data());
        }
        std::sort(pieces.begin(), pieces.end());
        CHECK(std::unique(pieces.begin(), pieces.end()) - pieces.begin() <= 2);
    }
}

TEST_CASE("more streams of their own than there are windows hear all the same") {
    auto const coding = any_coding();
    windows in;
    listeners all;
    join(all, coding, in, 3 * windows::most);
    chance by(9);
    for (int round = 0; round < 5; ++round) {
        for (auto const& each : all) {
            shared_text own(some_text(by));
            each->hear(own);
            CHECK(each->has_heard_all());
        }
    }
}
