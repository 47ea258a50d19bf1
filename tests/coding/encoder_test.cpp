#include "coding/encoder.hpp"

#include "coding/some_text.hpp"
#include "decoders/decoder.hpp"
#include "support/catch.hpp"
#include "support/chance.hpp"

#include <zlib.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>

using fibercast::content_coding;
using fibercast::encoder;

namespace {

std::string encoded(encoder& by, std::string const& plain) {
    std::string made;
    by.append_encoded(plain, made);
    return made;
}

std::string anew(encoder& by, std::string const& plain) {
    by.start_anew();
    return encoded(by, plain);
}

std::string opening(content_coding coding) { return std::string(fibercast::opening_of(coding)); }

std::uint32_t checksum(std::string const& of) {
    return static_cast<std::uint32_t>(
        crc32_z(0, reinterpret_cast<Bytef const*>(of.data()), of.size()));
}

}  // namespace

TEST_CASE("pieces of several encoders, one behind the other, are one stream") {
    auto const coding = GENERATE(content_coding::gzip, content_coding::br, content_coding::zstd);
    for (unsigned seed = 0; seed < 40; ++seed) {
        chance by(seed);
        INFO(name_of(coding) << ", seed " << seed);
        std::array const encoders = {encoder::make(coding), encoder::make(coding),
                                     encoder::make(coding)};
        auto const reading = decoder::of(coding);
        std::string said;
        std::string read = reading->feed(opening(coding));
        encoder* going_on = nullptr;
        for (int i = 0; i < 30; ++i) {
            auto const text = some_text(by);
            said += text;
            if (going_on != nullptr && by.one_in(2)) {
                read += reading->feed(encoded(*going_on, text));
            } else {
                if (going_on != nullptr) read += reading->feed(fibercast::ending_of_piece(coding));
                going_on = encoders[by.below(encoders.size())].get();
                read += reading->feed(anew(*going_on, text));
            }
            REQUIRE(read == said);  // at once, and not when more has come
        }
        auto const size = static_cast<std::uint32_t>(said.size());
        CHECK_FALSE(reading->ended());
        CHECK(reading->feed(fibercast::closing_of(coding, checksum(said), size)).empty());
        CHECK(reading->ended());
    }
}

TEST_CASE("text of any size is encoded whole") {
    auto const coding = GENERATE(content_coding::gzip, content_coding::br, content_coding::zstd);
    auto const size = GENERATE(1U, 2U, 3U, 1000U, 100'000U, 3'000'000U);
    auto const noise = GENERATE(false, true);
    chance by(7);
    std::string text;
    while (text.size() < size) text.push_back(noise ? static_cast<char>(by.below(256)) : 'a');
    INFO(name_of(coding) << ", " << size << (noise ? " of noise" : ""));
    auto const it = encoder::make(coding);
    auto const reading = decoder::of(coding);
    auto read = reading->feed(opening(coding));
    for (int i = 0; i < 3; ++i) {
        if (i == 2) {
            read += reading->feed(fibercast::ending_of_piece(coding));
            it->start_anew();
        }
        read += reading->feed(encoded(*it, text));
    }
    CHECK((read == text + text + text));
}

TEST_CASE("what was said before is not said again") {
    auto const coding = GENERATE(content_coding::gzip, content_coding::br, content_coding::zstd);
    chance by(1);
    std::string text;
    while (text.size() < 10'000) text += some_text(by);
    auto const it = encoder::make(coding);
    auto const first = anew(*it, text);
    auto const again = encoded(*it, text);
    CHECK(first.size() * 3 < text.size());
    CHECK(again.size() * 5 < first.size());
    CHECK(anew(*it, text) == first);
}
