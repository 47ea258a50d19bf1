#include "contest/overhead.hpp"

#include "clients/swarm.hpp"
#include "contest/message_text.hpp"
#include "process/cpu_time.hpp"
#include "process/failure.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <semaphore>
#include <thread>

namespace bench {
namespace {

constexpr int clients = 500;
constexpr int single_messages = 20;
constexpr int gathered_messages = 200;
constexpr int message_size = 32;

/// A thread that sends ready-made events to all when it is told to, with no work besides.
class sender {
public:
    sender() : listener_{checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")} {
        target_.port = bind_to_free_port(listener_.get());
        checked(::listen(listener_.get(), clients), "listen");
        thread_ = std::jthread{[this] { run(); }};
    }
    ~sender() {
        ::shutdown(listener_.get(), SHUT_RDWR);  // ends an accept()
        told_.release();
    }

    endpoint const& target() const { return target_; }

    void send_to_all(std::string events) {
        events_ = std::move(events);
        told_.release();
    }

private:
    void run() {
        std::vector<unique_fd> sockets;
        while (sockets.size() < clients) {
            auto& socket = sockets.emplace_back(::accept(listener_.get(), nullptr, nullptr));
            if (socket.get() < 0) return;
            send(socket, "HTTP/1.1 200 OK\r\n\r\ndata: Successfully connected\n\n");
        }
        for (;;) {
            told_.acquire();
            auto const events = std::exchange(events_, {});
            if (events.empty()) return;
            for (auto const& socket : sockets) send(socket, events);
        }
    }

    static void send(unique_fd const& socket, std::string_view bytes) {
        ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }

    unique_fd listener_;
    endpoint target_;
    std::string events_;
    std::binary_semaphore told_{0};
    std::jthread thread_;
};

std::string events(int first, int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += fmt::format("data: {}\n\n",
                            message_text(static_cast<std::uint32_t>(first + i), message_size));
    return text;
}

}  // namespace

driver_overhead measure_driver_overhead() {
    sender other_end;
    swarm all{{.target = other_end.target(),
               .clients = clients,
               .timeout = std::chrono::milliseconds{10'000}},
              nullptr};
    all.connect_all();
    int number = 0;
    auto const receive = [&](int count) {
        other_end.send_to_all(events(number + 1, count));
        number += count;
        all.await_message(static_cast<std::uint32_t>(number));
    };
    auto const start = own_thread_cpu_time();
    for (int i = 0; i < single_messages; ++i) receive(1);
    auto const single = own_thread_cpu_time();
    receive(gathered_messages);
    auto const gathered = own_thread_cpu_time();
    return {(single - start).count() * 1e6 / (clients * single_messages),
            (gathered - single).count() * 1e6 / (clients * gathered_messages)};
}

}  // namespace bench
