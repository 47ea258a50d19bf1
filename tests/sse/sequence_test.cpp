#include "sse/with_reader.hpp"

#include "support/eventually.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using fibercast::chunk;
using fibercast::everyone;
using fibercast::publication;
using fibercast::send_result;
using fibercast::sequence;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE_METHOD(with_reader, "what was published is read in one order, numbered") {
    CHECK(append("1") == 1);
    CHECK(append("2") == 2);
    on_worker(1, [&] { append("3"); });
    CHECK(read() == texts{"1", "2", "3"});
    CHECK(batch.front().number == 1);
    CHECK(batch.back().number == 3);
    CHECK(log.last() == 3);
}

TEST_CASE_METHOD(with_reader, "reading waits for something published") {
    std::thread other([&] {
        CHECK(eventually([&] { return log.flush(fibercast::deadline{}); }));  // the reader waits
        append("1");
    });
    auto const got = read();
    other.join();
    CHECK(got == texts{"1"});
}

TEST_CASE_METHOD(with_reader, "a reader takes so many bytes at once, or one publication") {
    std::string const large(sequence::reader::most_bytes_at_once + 1, 'x');
    std::string const half(sequence::reader::most_bytes_at_once / 2 - 8, 'x');  // and its framing
    for (auto const& each : {large, half, half, half}) append(each);
    CHECK(read() == texts{large});
    CHECK(read() == texts{half, half});
    CHECK(read() == texts{half});
}

TEST_CASE_METHOD(with_reader, "a second reader begins behind what was published before") {
    append("old");
    on_worker(1, [&] {
        sequence::reader late(log, *worker::current());
        late.open();
        append("new");
        std::vector<publication> got;
        got.reserve(sequence::reader::most_at_once);
        CHECK(late.read(got));
        REQUIRE(got.size() == 1);
        CHECK(text_of(got.front()) == "new");
    });
    CHECK(read() == texts{"old", "new"});
}

TEST_CASE_METHOD(with_reader,
                 "publications are kept until the last reader has read them, and no longer") {
    // What can be counted stands for all that a publication has.
    boost::intrusive_ptr<fibercast::receipt> const counted(
        new fibercast::receipt(fibercast::never));
    auto const kept = [&] { return counted->use_count() > 1; };
    on_worker(1, [&] {
        sequence::reader other(log, *worker::current());
        other.open();
        fibercast::event const what("x");
        auto made = log.begin(what);
        log.append({7, nullptr, counted}, made);
        read();
        batch.clear();
        CHECK(kept());
        other.close();
        CHECK_FALSE(kept());
    });
}

TEST_CASE_METHOD(with_reader, "what a reader has read before it was closed is still waited for") {
    append("1");
    CHECK(read() == texts{"1"});
    on_worker(0, [&] {
        reader->close();
        CHECK(number_here(*reader) == 0);  // it would overtake
    });
    CHECK_FALSE(log.flush(fibercast::after(2ms)));
    CHECK(send(7, fibercast::never) == send_result::gone);
    for (std::size_t i = 0; i < 2 * sequence::window; ++i) append("to nobody");
    CHECK(read() == texts{"closed"});
    CHECK(log.flush(fibercast::deadline{}));
    CHECK(number_here() != 0);
}

TEST_CASE_METHOD(with_reader, "closing a reader ends a read that waits") {
    std::thread other([&] {
        CHECK(eventually([&] { return log.flush(fibercast::deadline{}); }));
        on_worker(0, [&] { reader->close(); });
    });
    auto const got = read();
    other.join();
    CHECK(got == texts{"closed"});
}

TEST_CASE_METHOD(with_reader, "a number given out beside the log is passed over by all") {
    on_worker(0, [&] {
        CHECK(number_here(*reader) == 1);
        append("2");
        CHECK(number_here(*reader) == 0);  // something comes before
    });
    on_worker(1, [&] {
        sequence::reader other(log, *worker::current());
        other.open();
        CHECK(number_here(other) == 3);  // while the first is behind
        append("4");
        std::vector<publication> got;
        got.reserve(sequence::reader::most_at_once);
        CHECK(other.read(got));
        REQUIRE(got.size() == 1);
        CHECK(got.front().number == 4);
    });
    CHECK(read() == texts{"2", "4"});
    CHECK(log.last() == 4);
}

TEST_CASE_METHOD(with_reader, "a send is answered by who has the client, or gone when nobody has") {
    std::atomic<send_result> result = send_result::timed_out;
    auto const send_it = [&](auto act) {
        std::thread sender([&] { result = send(7, fibercast::never); });
        CHECK(eventually([&] { return log.last() != 0 && !log.flush(fibercast::deadline{}); }));
        read();
        REQUIRE(batch.size() == 1);
        CHECK(batch.front().to == 7);
        act(*batch.front().answer);
        sender.join();
        append("next");
        read();
    };
    send_it([](fibercast::receipt& answer) {
        CHECK(answer.claim());
        answer.answer(send_result::dropped);
    });
    CHECK(result == send_result::dropped);
    send_it([](fibercast::receipt& answer) { answer.pass(); });
    CHECK(result == send_result::gone);
}

TEST_CASE_METHOD(with_reader, "a send that was given up cannot be claimed") {
    CHECK(send(7, fibercast::after(2ms)) == send_result::timed_out);
    read();
    REQUIRE(batch.size() == 1);
    CHECK_FALSE(batch.front().answer->claim());
    batch.front().answer->pass();
}

TEST_CASE_METHOD(with_reader, "a send is gone when the last reader closes or there is none") {
    std::thread sender([&] { CHECK(send(7, fibercast::never) == send_result::gone); });
    CHECK(eventually([&] { return log.last() == 1; }));
    on_worker(0, [&] { reader->close(); });
    sender.join();
    CHECK(send(7, fibercast::never) == send_result::gone);
}
