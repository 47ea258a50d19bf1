#include <fibercast/http/chunk.hpp>

#include "support/catch.hpp"

#include <atomic>
#include <cstring>
#include <limits>
#include <string>
#include <thread>
#include <vector>

using fibercast::chunk;
using fibercast::chunk_ptr;
using fibercast::chunk_size_line;

TEST_CASE("a chunk's size line is its length in hexadecimal") {
    CHECK(chunk_size_line(0).text() == "0\r\n");
    CHECK(chunk_size_line(9).text() == "9\r\n");
    CHECK(chunk_size_line(10).text() == "a\r\n");
    CHECK(chunk_size_line(255).text() == "ff\r\n");
    CHECK(chunk_size_line(256).text() == "100\r\n");
    CHECK(chunk_size_line(std::numeric_limits<std::size_t>::max()).text() ==
          "ffffffffffffffff\r\n");
}

TEST_CASE("a chunk has its bytes with and without framing") {
    for (std::size_t size : {1, 15, 16, 17, 255, 256, 65536}) {
        std::string const bytes(size, 'x');
        auto const made = chunk::make(bytes);
        CHECK(made->payload() == bytes);
        CHECK(made->framed() == std::string(chunk_size_line(size).text()) + bytes + "\r\n");
    }
}

TEST_CASE("a chunk may hold any bytes") {
    std::string const bytes("\r\n0\r\n\r\n\0\xff", 9);
    CHECK(chunk::make(bytes)->payload() == bytes);
}

TEST_CASE("a chunk can be filled in place") {
    auto const made = chunk::make(5, [](char* to) { std::memcpy(to, "hello", 5); });
    CHECK(made->payload() == "hello");
    CHECK(made->framed() == "5\r\nhello\r\n");
}

TEST_CASE("a view of a chunk has its bytes") {
    auto const made = chunk::make("hello");
    fibercast::chunk_view const view = made->view();
    CHECK(view.payload() == "hello");
    CHECK(view.framed() == made->framed());
}

TEST_CASE("many threads share a chunk, and the last one destroys it") {
    std::atomic<int> intact = 0;
    std::vector<std::thread> threads;
    {
        auto const shared = chunk::make("hello");
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&intact, mine = shared] {
                std::vector<chunk_ptr> const copies(1000, mine);
                if (copies.back()->payload() == "hello") ++intact;
            });
        }
    }
    for (auto& each : threads) each.join();
    CHECK(intact == 4);
}
