#include "app/text/size_text.hpp"

#include "support/catch.hpp"

using namespace fibercast::app;

TEST_CASE("a size is bytes, or has a unit of 1,024") {
    CHECK(parse_size("0") == 0u);
    CHECK(parse_size("65536") == 65'536u);
    CHECK(parse_size("64KiB") == 65'536u);
    CHECK(parse_size("1MiB") == 1'048'576u);
    CHECK(parse_size("1GiB") == 1'073'741'824u);
    CHECK(parse_size("1024GiB") == std::uint64_t{1} << 40);
}

TEST_CASE("other texts are no sizes") {
    for (auto const* text : {"", "KiB", "-1", "+1", "1k", "1KB", "1 MiB", "1mib", "1.5MiB", "1MiBx",
                             "1025GiB", "1099511627777", "99999999999999999999"}) {
        INFO(text);
        CHECK_FALSE(parse_size(text));
    }
}

TEST_CASE("a size is written in the largest unit that is exact, and read again") {
    CHECK(size_text(0) == "0");
    CHECK(size_text(1'000) == "1000");
    CHECK(size_text(65'536) == "64KiB");
    CHECK(size_text(std::uint64_t{64} << 20) == "64MiB");
    CHECK(size_text((std::uint64_t{1} << 30) + 1) == "1073741825");
    CHECK(parse_size(size_text(std::uint64_t{3} << 30)) == std::uint64_t{3} << 30);
}
