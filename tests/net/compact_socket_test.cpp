#include "support/eventually.hpp"
#include "support/sanitizer.hpp"
#include "support/with_workers.hpp"

#include <fibercast/net/socket.hpp>
#include <fibercast/runtime/blocking.hpp>
#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using fibercast::channel;
using fibercast::compact;
using fibercast::fiber_group;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

/// Raises the limit of open files to the most that is allowed, and lowers it again.
class most_open_files {
public:
    most_open_files() {
        REQUIRE(::getrlimit(RLIMIT_NOFILE, &before_) == 0);
        rlimit most = before_;
        most.rlim_cur = most.rlim_max;
        REQUIRE(::setrlimit(RLIMIT_NOFILE, &most) == 0);
    }
    ~most_open_files() { ::setrlimit(RLIMIT_NOFILE, &before_); }

    std::size_t count() const { return before_.rlim_max; }

private:
    rlimit before_{};
};

std::array<int, 2> connected_pair() {
    std::array<int, 2> ends{};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) == 0);
    return ends;
}

/// Echoes what comes until the end, with a socket and a buffer in its frames.
void echo(int fd, std::atomic<int>& echoed) {
    fibercast::socket peer(fd);
    std::array<char, 64> room{};
    for (boost::system::error_code error;;) {
        auto const count = peer.read_some(boost::asio::buffer(room), error);
        if (error) break;
        peer.write_some(boost::asio::buffer(room.data(), count), error);
        echoed += static_cast<int>(count);
    }
}

}  // namespace

TEST_CASE_METHOD(with_workers, "compact fibers read and write sockets that lie in their frames") {
    on_worker(0, [] {
        constexpr int many = 30;
        fiber_group fibers(worker::current()->stacks());
        std::atomic<int> echoed = 0;
        int right = 0;
        for (int i = 0; i < many; ++i) {
            auto const [server, client] = connected_pair();
            fibers.spawn(compact, [&echoed, server = server] { echo(server, echoed); });
            fibers.spawn(compact, [&right, client = client, i] {
                fibercast::socket peer(client);
                auto const text = "number " + std::to_string(i);
                std::string answer(text.size(), ' ');
                boost::system::error_code error;
                for (int round = 0; round < 3; ++round) {
                    peer.write_some(boost::asio::buffer(text), error);
                    peer.read_some(boost::asio::buffer(answer), error);
                    right += answer == text ? 1 : 0;
                    fibercast::sleep_for(1ms);
                }
            });
        }
        fibers.join();
        CHECK(right == 3 * many);
    });
}

TEST_CASE_METHOD(with_workers, "a compact fiber's socket has a deadline, and a writer waits") {
    on_worker(0, [] {
        auto const [mine, theirs] = connected_pair();
        fiber_group fibers(worker::current()->stacks());
        std::size_t written = 0, read = 0;
        bool timed_out = false;
        fibers.spawn(compact, [&, mine = mine] {
            fibercast::socket peer(mine);
            boost::system::error_code error;
            char byte = 0;
            peer.expires_at(fibercast::after(2ms));
            peer.read_some(boost::asio::buffer(&byte, 1), error);
            timed_out = error == boost::asio::error::timed_out;
            peer.expires_at(fibercast::never);
            std::string const much(1 << 20, 'x');
            error = {};
            while (written < 4 * much.size() && !error)
                written += peer.write_some(boost::asio::buffer(much), error);
        });
        fibers.spawn(compact, [&, theirs = theirs] {
            fibercast::socket peer(theirs);
            auto const room = std::make_unique<std::array<char, 65'536>>();
            for (boost::system::error_code error; !error;)
                read += peer.read_some(boost::asio::buffer(*room), error);
        });
        fibers.join();
        CHECK(timed_out);
        CHECK(written >= 4u << 20);
        CHECK(read == written);
    });
}

namespace {

/// Compact fibers of one worker that hold a socket each, or sleep, block and receive, until told.
struct crowd {
    explicit crowd(std::size_t sockets, std::size_t others) : clients(sockets), bells(others) {}

    void gather() {
        for (auto& each : clients) {
            auto const [server, client] = connected_pair();
            each = client;
            fibers.spawn(compact, [this, server = server] { echo(server, echoed); });
        }
        for (std::size_t i = 0; i < bells.size(); ++i) {
            bells[i] = std::make_unique<channel<int>>(1);
            fibers.spawn(compact, [this, i, bell = bells[i].get()] { serve(i, *bell); });
            if (i % 256 == 255) fibercast::yield();
        }
    }

    void serve(std::size_t i, channel<int>& bell) {
        for (int item = 0; bell.pop(item);) {
            if (i % 64 == 0) item = fibercast::blocking([item] { return item; });
            if (i % 7 == 0) fibercast::sleep_for(std::chrono::microseconds(i % 2'000));
            served += item;
        }
    }

    std::vector<int> clients;
    std::vector<std::unique_ptr<channel<int>>> bells;
    std::atomic<int> echoed = 0, served = 0;
    fiber_group fibers{worker::current()->stacks()};
};

}  // namespace

TEST_CASE_METHOD(with_workers, "very many compact fibers with sockets, under load from a thread") {
    constexpr std::size_t fibers = under_thread_sanitizer    ? 1'500
                                   : under_address_sanitizer ? 20'000
                                                             : 100'000;
    most_open_files const files;
    auto const sockets = std::min<std::size_t>({fibers / 4, 8'000, files.count() / 2 - 200});
    std::vector<std::unique_ptr<crowd>> all(2);
    for (std::size_t w = 0; w < 2; ++w) {
        on_worker(w, [&] {
            all[w] = std::make_unique<crowd>(sockets / 2, fibers / 2 - sockets / 2);
            all[w]->gather();
        });
    }
    constexpr int rounds = 2;
    for (int round = 0; round < rounds; ++round) {
        for (auto& each : all) {
            for (auto& bell : each->bells) CHECK(bell->push(1) == fibercast::push_result::taken);
            for (int const client : each->clients) CHECK(::write(client, "ping", 4) == 4);
        }
    }
    for (std::size_t w = 0; w < 2; ++w) {
        auto& crowd = *all[w];
        CHECK(eventually([&] {
            return crowd.served == rounds * static_cast<int>(crowd.bells.size()) &&
                   crowd.echoed == rounds * 4 * static_cast<int>(crowd.clients.size());
        }));
        for (int const client : crowd.clients) ::close(client);
        for (auto& bell : crowd.bells) bell->close();
        on_worker(w, [&] {
            crowd.fibers.join();
            all[w].reset();
        });
    }
}
