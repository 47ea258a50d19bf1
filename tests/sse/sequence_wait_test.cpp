// Who publishes waits while a reader is too far behind, and who flushes until all are through.
#include "sse/with_reader.hpp"

#include "support/eventually.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using fibercast::sequence;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE_METHOD(with_reader, "publishing waits while a worker is too far behind") {
    std::atomic<std::size_t> published = 0;
    auto const publish_many = [&] {
        for (std::size_t i = 0; i < sequence::window; ++i) {
            append("x");
            ++published;
        }
    };
    std::thread thread(publish_many);
    std::thread fiber([&] { on_worker(1, publish_many); });
    CHECK(eventually([&] { return published == sequence::window; }));
    CHECK(append("y", fibercast::after(2ms)) == 0);
    read_everything();
    CHECK(eventually([&] { return published == 2 * sequence::window; }));
    thread.join();
    fiber.join();
    read_everything();
    CHECK(log.last() == 2 * sequence::window);
}

TEST_CASE_METHOD(with_reader, "all who wait for room get in, and who gives up keeps nobody out") {
    constexpr int crowd = 4'000;
    for (std::size_t i = 0; i < sequence::window; ++i) append("x");
    int begun = 0;
    int in = 0;
    int gave_up = 0;
    std::optional<fibercast::fiber_group> fibers;
    on_worker(1, [&] {
        fibers.emplace(worker::current()->stacks());
        for (int i = 0; i < crowd; ++i) {
            fibers->spawn([&, impatient = i % 4 == 0] {
                ++begun;
                auto const number =
                    append("y", impatient ? fibercast::after(1ms) : fibercast::never);
                ++(number == 0 ? gave_up : in);
            });
        }
        while (begun < crowd) fibercast::yield();
    });
    std::atomic<bool> over = false;
    std::thread reading([&] {
        while (!over) read();
    });
    on_worker(1, [&] {
        fibers->join();
        fibers.reset();
        append("the last");
    });
    CHECK(in + gave_up == crowd);
    CHECK(in >= crowd * 3 / 4);
    CHECK(log.flush(fibercast::after(30s)));
    over = true;
    append("for the thread that reads");
    reading.join();
}

TEST_CASE_METHOD(with_reader, "closing a reader frees who waits for it and reads no more") {
    std::atomic<bool> freed = false;
    for (std::size_t i = 0; i < sequence::window; ++i) append("x");
    std::thread waiting([&] {
        append("one too many");
        freed = true;
    });
    on_worker(0, [&] { reader->close(); });
    waiting.join();
    CHECK(freed);
    CHECK(read() == texts{"closed"});
    append("to nobody");
    CHECK(log.flush(fibercast::deadline{}));
    on_worker(0, [&] { reader->close(); });
}

TEST_CASE_METHOD(with_reader, "flush gives up at its deadline") {
    append("x");
    CHECK_FALSE(log.flush(fibercast::after(2ms)));
    CHECK_FALSE(on_worker(1, [&] { return log.flush(fibercast::after(2ms)); }));
    CHECK(read().size() == 1);
    CHECK_FALSE(log.flush(fibercast::after(2ms)));  // read, but not yet through with
}
