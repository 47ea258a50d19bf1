#include "sse/history.hpp"

#include "support/eventually.hpp"
#include "support/with_workers.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using fibercast::chunk;
using fibercast::everyone;
using fibercast::history;
using fibercast::publication;
using fibercast::send_result;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;

publication broadcast(std::string const& text) { return {everyone, chunk::make(text), nullptr}; }

/// A history with one reader on worker 0, which reads when the test says so.
class with_reader : protected with_workers {
protected:
    with_reader() {
        batch.reserve(history::reader::most_at_once);
        on_worker(0, [&] { reader.emplace(log, *worker::current()).open(); });
    }
    ~with_reader() {
        on_worker(0, [&] { reader.reset(); });
    }

    texts read() {
        return on_worker(0, [&] {
            texts all;
            if (!reader->read(batch)) all.emplace_back("closed");
            for (auto const& each : batch) all.emplace_back(each.bytes->payload());
            return all;
        });
    }

    void read_everything() {
        for (std::size_t count = 0; count < history::window; count += batch.size()) read();
    }

    history log;
    std::optional<history::reader> reader;
    std::vector<publication> batch;
};

}  // namespace

TEST_CASE_METHOD(with_reader, "what was published is read in one order, numbered") {
    CHECK(log.append(broadcast("1")) == 1);
    CHECK(log.append(broadcast("2")) == 2);
    on_worker(1, [&] { log.append(broadcast("3")); });
    CHECK(read() == texts{"1", "2", "3"});
    CHECK(batch.front().number == 1);
    CHECK(batch.back().number == 3);
    CHECK(log.last() == 3);
}

TEST_CASE_METHOD(with_reader, "reading waits for something published") {
    std::thread other([&] {
        CHECK(eventually([&] { return log.flush(fibercast::deadline{}); }));  // the reader waits
        log.append(broadcast("1"));
    });
    auto const got = read();
    other.join();
    CHECK(got == texts{"1"});
}

TEST_CASE_METHOD(with_reader, "a reader takes so many bytes at once, or one publication") {
    std::string const large(history::reader::most_bytes_at_once + 1, 'x');
    std::string const half(history::reader::most_bytes_at_once / 2, 'x');
    for (auto const& each : {large, half, half, half}) log.append(broadcast(each));
    CHECK(read() == texts{large});
    CHECK(read() == texts{half, half});
    CHECK(read() == texts{half});
}

TEST_CASE_METHOD(with_reader, "a second reader begins behind what was published before") {
    log.append(broadcast("old"));
    on_worker(1, [&] {
        history::reader late(log, *worker::current());
        late.open();
        log.append(broadcast("new"));
        std::vector<publication> got;
        got.reserve(history::reader::most_at_once);
        CHECK(late.read(got));
        REQUIRE(got.size() == 1);
        CHECK(got.front().bytes->payload() == "new");
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
        history::reader other(log, *worker::current());
        other.open();
        log.append({7, chunk::make("x"), counted});
        read();
        batch.clear();
        CHECK(kept());
        other.close();
        CHECK_FALSE(kept());
    });
}

TEST_CASE_METHOD(with_reader, "publishing waits while a worker is too far behind") {
    std::atomic<std::size_t> published = 0;
    auto const publish_many = [&] {
        for (std::size_t i = 0; i < history::window; ++i) {
            log.append(broadcast("x"));
            ++published;
        }
    };
    std::thread thread(publish_many);
    std::thread fiber([&] { on_worker(1, publish_many); });
    CHECK(eventually([&] { return published == history::window; }));
    CHECK(log.append(broadcast("y"), fibercast::after(2ms)) == 0);
    read_everything();
    CHECK(eventually([&] { return published == 2 * history::window; }));
    thread.join();
    fiber.join();
    read_everything();
    CHECK(log.last() == 2 * history::window);
}

TEST_CASE_METHOD(with_reader, "closing a reader frees who waits for it and reads no more") {
    std::atomic<bool> freed = false;
    for (std::size_t i = 0; i < history::window; ++i) log.append(broadcast("x"));
    std::thread waiting([&] {
        log.append(broadcast("one too many"));
        freed = true;
    });
    on_worker(0, [&] { reader->close(); });
    waiting.join();
    CHECK(freed);
    CHECK(read() == texts{"closed"});
    log.append(broadcast("to nobody"));
    CHECK(log.flush(fibercast::deadline{}));
    on_worker(0, [&] { reader->close(); });
}

TEST_CASE_METHOD(with_reader, "what a reader has read before it was closed is still waited for") {
    log.append(broadcast("1"));
    CHECK(read() == texts{"1"});
    on_worker(0, [&] {
        reader->close();
        CHECK(reader->number_here() == 0);  // it would overtake
    });
    CHECK_FALSE(log.flush(fibercast::after(2ms)));
    CHECK(log.send(7, chunk::make("x"), fibercast::never) == send_result::gone);
    for (std::size_t i = 0; i < 2 * history::window; ++i) log.append(broadcast("to nobody"));
    CHECK(read() == texts{"closed"});
    CHECK(log.flush(fibercast::deadline{}));
    CHECK(on_worker(0, [&] { return reader->number_here(); }) != 0);
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

TEST_CASE_METHOD(with_reader, "flush gives up at its deadline") {
    log.append(broadcast("x"));
    CHECK_FALSE(log.flush(fibercast::after(2ms)));
    CHECK_FALSE(on_worker(1, [&] { return log.flush(fibercast::after(2ms)); }));
    CHECK(read().size() == 1);
    CHECK_FALSE(log.flush(fibercast::after(2ms)));  // read, but not yet through with
}

TEST_CASE_METHOD(with_reader, "a number given out beside the log is passed over by all") {
    on_worker(0, [&] {
        CHECK(reader->number_here() == 1);
        log.append(broadcast("2"));
        CHECK(reader->number_here() == 0);  // something comes before
    });
    on_worker(1, [&] {
        history::reader other(log, *worker::current());
        other.open();
        CHECK(other.number_here() == 3);  // while the first is behind
        log.append(broadcast("4"));
        std::vector<publication> got;
        got.reserve(history::reader::most_at_once);
        CHECK(other.read(got));
        REQUIRE(got.size() == 1);
        CHECK(got.front().number == 4);
    });
    CHECK(read() == texts{"2", "4"});
    CHECK(log.last() == 4);
}

TEST_CASE_METHOD(with_reader, "a send is answered by who has the client, or gone when nobody has") {
    std::atomic<send_result> result = send_result::timed_out;
    auto const send = [&](auto act) {
        std::thread sender([&] { result = log.send(7, chunk::make("x"), fibercast::never); });
        CHECK(eventually([&] { return log.last() != 0 && !log.flush(fibercast::deadline{}); }));
        read();
        REQUIRE(batch.size() == 1);
        CHECK(batch.front().to == 7);
        act(*batch.front().answer);
        sender.join();
        log.append(broadcast("next"));
        read();
    };
    send([](fibercast::receipt& answer) {
        CHECK(answer.claim());
        answer.answer(send_result::dropped);
    });
    CHECK(result == send_result::dropped);
    send([](fibercast::receipt& answer) { answer.pass(); });
    CHECK(result == send_result::gone);
}

TEST_CASE_METHOD(with_reader, "a send that was given up cannot be claimed") {
    CHECK(log.send(7, chunk::make("x"), fibercast::after(2ms)) == send_result::timed_out);
    read();
    REQUIRE(batch.size() == 1);
    CHECK_FALSE(batch.front().answer->claim());
    batch.front().answer->pass();
}

TEST_CASE_METHOD(with_reader, "a send is gone when the last reader closes or there is none") {
    std::thread sender(
        [&] { CHECK(log.send(7, chunk::make("x"), fibercast::never) == send_result::gone); });
    CHECK(eventually([&] { return log.last() == 1; }));
    on_worker(0, [&] { reader->close(); });
    sender.join();
    CHECK(log.send(7, chunk::make("x"), fibercast::never) == send_result::gone);
}
