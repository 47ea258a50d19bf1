#include "bench/coded_texts.hpp"

#include "clients/content_decoder.hpp"
#include "process/failure.hpp"

#include "support/catch.hpp"

namespace {

constexpr auto compressing = {"gzip", "br", "zstd"};

std::vector<std::string> pieces() {
    return {"data: Successfully connected\n\n", "data: 1 " + std::string(100'000, 'x') + "\n\n",
            "data: 2 short\n\n"};
}

}  // namespace

TEST_CASE("what a sender has flushed is there at once, in pieces of any size") {
    for (std::string const coding : {"gzip", "br", "zstd", "identity"}) {
        for (std::size_t const step : {std::size_t{1}, std::size_t{7}, std::string::npos}) {
            INFO(coding << " by " << step);
            auto const decoder = bench::decoder_of(coding);
            auto const plain = pieces();
            auto const sent = coded(coding, plain);
            for (std::size_t i = 0; i < plain.size(); ++i) {
                std::string text;
                for (std::size_t at = 0; at < sent[i].size(); at += std::min(step, sent[i].size()))
                    decoder->feed(std::string_view{sent[i]}.substr(at, step), text);
                CHECK((text == plain[i]));  // too long to be printed
            }
        }
    }
}

TEST_CASE("what is coded otherwise, or not at all, is refused in words") {
    for (std::string const coding : compressing) {
        for (std::string const other : {"identity", "gzip", "br", "zstd"}) {
            if (other == coding) continue;
            INFO(other << " read as " << coding);
            auto const decoder = bench::decoder_of(coding);
            std::string text;
            auto const read = [&] {
                for (auto const& each : coded(other, pieces())) decoder->feed(each, text);
            };
            CHECK_THROWS_AS(read(), bench::failure);
        }
    }
    CHECK_THROWS_WITH(bench::decoder_of("deflate"), ContainsSubstring("'deflate' is no coding"));
}

TEST_CASE(
    "a coding that ends is a fault where the stream goes on, though zstd may begin another frame") {
    for (std::string const coding : {"gzip", "br"}) {
        INFO(coding);
        auto const decoder = bench::decoder_of(coding);
        std::string text;
        auto const sent = coded(coding, pieces(), true);
        decoder->feed(sent[0] + sent[1], text);
        CHECK_THROWS_WITH(decoder->feed(sent[2], text), ContainsSubstring("ended"));
    }
    auto const decoder = bench::decoder_of("zstd");
    std::string text;
    for (auto const* each : {"one", "two"}) decoder->feed(coded("zstd", {each}, true)[0], text);
    CHECK(text == "onetwo");
}
