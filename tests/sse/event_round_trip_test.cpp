#include <fibercast/testing/event_reader.hpp>

#include <fibercast/sse/event.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <random>
#include <string>
#include <vector>

namespace {

using generator = std::mt19937;

std::size_t below(generator& from, std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(from);
}

/// Text of pieces that could confuse a parser.
std::string odd_text(generator& from, bool with_line_ends) {
    static std::array<std::string, 14> const pieces = {"a",
                                                       " ",
                                                       ":",
                                                       ": ",
                                                       "data",
                                                       "data: x",
                                                       "id:",
                                                       "\xef\xbb\xbf",
                                                       "\xc3\xbc",
                                                       "\t",
                                                       std::string(1, '\0'),
                                                       "\n",
                                                       "\r",
                                                       "\r\n"};
    std::string text;
    for (auto left = below(from, 12); left > 0; --left) {
        text += pieces[below(from, with_line_ends ? pieces.size() : 10)];
    }
    return text;
}

/// What a client makes of data: lines joined by LF.
std::string with_lf(std::string const& data) {
    std::string text;
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (data[i] == '\r') {
            text += '\n';
            if (i + 1 < data.size() && data[i + 1] == '\n') ++i;
        } else {
            text += data[i];
        }
    }
    return text;
}

}  // namespace

TEST_CASE("a client receives exactly the events that were encoded") {
    constexpr generator::result_type seed = 20260101;
    CAPTURE(seed);
    generator numbers(seed);
    fibercast::testing::event_reader parser;
    std::string last_id;
    for (int round = 0; round < 5'000; ++round) {
        CAPTURE(round);
        auto const data = odd_text(numbers, true);
        auto const id = odd_text(numbers, false);
        auto const type = odd_text(numbers, false);
        fibercast::event sent(data);
        fibercast::testing::received_event expected{"message", with_lf(data), ""};
        if (!id.empty()) sent.id(last_id = id);
        if (!type.empty()) sent.type(expected.type = type);
        if (below(numbers, 4) == 0) sent.retry(std::chrono::milliseconds(round));
        expected.last_event_id = last_id;

        auto text = sent.encode();
        if (below(numbers, 3) == 0) text += fibercast::keep_alive_comment;
        // In pieces, as a network would deliver it.
        std::vector<fibercast::testing::received_event> received;
        for (std::string_view rest = text; !rest.empty();) {
            auto const piece = rest.substr(0, 1 + below(numbers, 9));
            for (auto& each : parser.feed(piece)) received.push_back(std::move(each));
            rest.remove_prefix(piece.size());
        }
        REQUIRE(received == std::vector{expected});
    }
    CHECK(parser.retry().has_value());
}
