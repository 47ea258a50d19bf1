#include "server/server_under_test.hpp"

#include <spawn.h>
#include <sys/wait.h>

#include <atomic>
#include <thread>
#include <vector>

TEST_CASE("programs may be started beside connections that come and go") {
    server_under_test test;
    test.start();
    std::atomic<bool> done = false;
    std::atomic<int> answered = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < 2; ++i) {
        clients.emplace_back([&] {
            while (!done) {
                auto client = test.connect();
                client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                if (client.read_all().find("hello") != std::string::npos) ++answered;
            }
        });
    }
    char program[] = "/bin/true";
    char* words[] = {program, nullptr};
    for (int i = 0; i < 300; ++i) {
        pid_t child = 0;
        REQUIRE(::posix_spawn(&child, program, nullptr, nullptr, words, nullptr) == 0);
        int status = 0;
        CHECK(::waitpid(child, &status, 0) == child);
        CHECK(status == 0);
    }
    done = true;
    for (auto& each : clients) each.join();
    CHECK(answered > 0);
    test.ask("/").read_until("hello");
}
