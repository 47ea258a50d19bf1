#include "sse/id_index.hpp"

#include "sse/failing_memory.hpp"

#include "support/catch.hpp"

#include <deque>

namespace {

struct one : fibercast::id_place {
    explicit one(fibercast::client_id number) : id_(number) {}
    fibercast::client_id id() const noexcept { return id_; }

private:
    fibercast::client_id id_;
};

using some = std::deque<one>;

some with_ids(fibercast::client_id first, fibercast::client_id last) {
    some all;
    for (auto id = first; id <= last; ++id) all.emplace_back(id);
    return all;
}

}  // namespace

TEST_CASE("whoever is in an index is found by the id, and nobody else") {
    auto all = with_ids(1, 1'000);
    fibercast::id_index<one> index;
    CHECK(index.find(1) == nullptr);
    for (auto& each : all) index.add(each);
    for (auto& each : all) CHECK(index.find(each.id()) == &each);
    CHECK(index.find(1'001) == nullptr);
    for (auto& each : all) {
        if (each.id() % 3 == 0) index.remove(each);
    }
    for (auto& each : all) CHECK(index.find(each.id()) == (each.id() % 3 == 0 ? nullptr : &each));
    for (auto& each : all) {
        if (each.id() % 3 != 0) index.remove(each);
    }
}

TEST_CASE("an index does without more memory") {
    auto all = with_ids(1, 300);
    fibercast::id_index<one> index;
    {
        auto const none = failing_memory::of_size(1, 1 << 20);
        for (auto& each : all) index.add(each);
    }
    for (auto& each : all) CHECK(index.find(each.id()) == &each);
    for (auto& each : all) index.remove(each);
}
