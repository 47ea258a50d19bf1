#include <fibercast/http/chunk.hpp>

#include "support/catch.hpp"

#include <array>
#include <atomic>
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

TEST_CASE("a chunk joined alone has the same bytes, and keeps them") {
    auto original = chunk::make("hello");
    auto const* const bytes = original->payload().data();
    auto const again = chunk::join(std::array{original});
    CHECK(again != original);
    CHECK(again->parts() == 1);
    CHECK(again->payload().data() == bytes);
    CHECK(again->framed() == "5\r\nhello\r\n");
    auto const once_more = chunk::join(std::array{again});
    original.reset();
    CHECK(again->payload() == "hello");
    CHECK(once_more->payload() == "hello");
}

TEST_CASE("joined chunks are one chunk of all their bytes, in order") {
    auto const two =
        chunk::join(std::array{chunk::make("data: 1\n\n"), chunk::make("data: 2\n\n")});
    CHECK(two->parts() == 2);
    CHECK(two->framed() == "12\r\ndata: 1\n\ndata: 2\n\n\r\n");
    auto const three = chunk::join(std::array{two, chunk::make(":\n\n")});
    CHECK(three->parts() == 3);
    CHECK(three->payload() == "data: 1\n\ndata: 2\n\n:\n\n");
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
