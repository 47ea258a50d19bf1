#include "bench/coded_texts.hpp"
#include "bench/event_texts.hpp"
#include "bench/scripted_server.hpp"

#include "clients/sample_readers.hpp"
#include "clients/swarm.hpp"
#include "process/failure.hpp"

#include "support/catch.hpp"

using bench::checking_reader;
using bench::message_sequence;
using namespace std::chrono_literals;

namespace {

using numbers = std::vector<std::uint32_t>;

/// Of three messages, so many of which are published.
message_sequence three(int published) {
    message_sequence messages{{"1 <b>one</b>", "2 <b>two</b>", "3 <b>three</b>"}};
    for (int i = 0; i < published; ++i) messages.publish_next();
    return messages;
}

numbers found_in(std::string const& text, int published, std::size_t step = std::string::npos) {
    auto const messages = three(published);
    checking_reader reader{"identity", messages};
    numbers found;
    for (std::size_t at = 0; at < text.size(); at += std::min(step, text.size()))
        reader.feed(std::string_view{text}.substr(at, step), found);
    return found;
}

std::string const one = "id: #a-1\ndata: 1 <b>one</b>\n\n";
std::string const two = "data:2 <b>two</b>\n\n";

}  // namespace

TEST_CASE("a client of the sample counts the events that are whole, in pieces of any size") {
    auto const text = event_texts::greeting + one + ":\n" + two + "data: 3 <b>three</b>\n";
    CHECK(found_in(text, 3) == numbers{1, 2});  // the blank line behind the third has not come
    CHECK(found_in(text, 3, 1) == numbers{1, 2});
    CHECK(found_in(text + "\n", 3, 1) == numbers{1, 2, 3});
}

TEST_CASE("a client of the sample finds what is not as it was published") {
    for (auto const& wrong :
         std::vector<std::string>{two,                                     // the first is missing
                                  one + one,                               // twice
                                  one + "data: 2 <b>tw</b>\n\n",           // bytes are missing
                                  one + "data: 2 <b>two</b>\ndata: \n\n",  // a line more
                                  one + event_texts::greeting,             // after the beginning
                                  one + event_texts::announced_gap,        //
                                  one + "<b>two</b>\n"}) {
        INFO(wrong);
        CHECK_THROWS_AS(found_in(wrong, 3), bench::failure);
    }
    CHECK_THROWS_AS(found_in(one + two, 1), bench::failure);  // the second is not published yet
}

TEST_CASE("who does not decode takes what comes first after a message for it") {
    auto messages = three(0);
    bench::counting_reader reader{messages};
    numbers found;
    reader.feed("greeting", found);
    CHECK(found.empty());
    for (std::uint32_t number = 1; number <= 3; ++number) {
        messages.publish_next();
        reader.feed("some bytes", found);
        reader.feed("and the rest", found);
        CHECK(found.size() == number);
        CHECK(found.back() == number);
    }
}

TEST_CASE("who lacks a message has fewer bytes than the sample, heartbeats or not") {
    CHECK(bench::sample_distance(5'000) == 100);
    CHECK(bench::sample_distance(500) == 10);
    CHECK(bench::sample_distance(30) == 1);
    std::vector<std::uint64_t> bytes(5'000, 30'000);
    bytes[1] += 40;   // had a heartbeat
    bytes[100] -= 9;  // of the sample: the others had one
    CHECK(bench::count_lacking(bytes, 30) == 0);
    bytes[4'999] -= 900;
    CHECK(bench::count_lacking(bytes, 30) == 1);
    bytes[4'998] = 0;
    CHECK(bench::count_lacking(bytes, 30) == 2);
}

TEST_CASE("clients of a swarm read by readers of their own, and their bytes are counted") {
    auto const messages = three(2);
    std::string body;
    for (auto const& each : coded("gzip", {event_texts::greeting, one, two})) body += each;
    auto const answer = event_texts::head + body;
    scripted_server server{{answer, answer, event_texts::head + event_texts::greeting + one}};
    bench::swarm_options options;
    options.target.port = server.port();
    options.clients = 2;
    options.timeout = 10s;
    options.fields = [](int) { return "Accept-Encoding: gzip\r\n"; };
    options.reader = [&](int client) -> std::unique_ptr<bench::stream_reader> {
        if (client > 0) return std::make_unique<bench::counting_reader>(messages);
        return std::make_unique<checking_reader>("gzip", messages);
    };
    bench::swarm clients{options, nullptr};
    clients.connect_all();
    CHECK_NOTHROW(clients.await_message(2));
    CHECK(clients.received().at(0) == answer.size());
    options.clients = 1;
    bench::swarm misled{options, nullptr};
    CHECK_THROWS_WITH(misled.connect_all(), ContainsSubstring("not coded with gzip"));
    for (auto const& request : server.requests())
        CHECK_THAT(request, ContainsSubstring("\r\nAccept-Encoding: gzip\r\n"));
}
