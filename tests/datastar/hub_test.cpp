#include <fibercast/datastar/datastar.hpp>
#include <fibercast/testing/event_reader.hpp>

#include "service/service_under_test.hpp"
#include "sse/hub_under_test.hpp"
#include "support/chance.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

namespace datastar = fibercast::datastar;

namespace {

/// What a page makes of an event's data: its lines by their first word, joined again.
std::string elements_in(std::string const& data) {
    constexpr std::string_view name = "elements ";
    std::string all;
    for (std::size_t at = 0; at <= data.size();) {
        auto const end = std::min(data.find('\n', at), data.size());
        auto const line = std::string_view(data).substr(at, end - at);
        if (line.starts_with(name)) all.append(line.substr(name.size())) += '\n';
        at = end + 1;
    }
    if (!all.empty()) all.pop_back();
    return all;
}

std::string with_line_feeds(std::string text) {
    for (auto at = text.find('\r'); at != text.npos; at = text.find('\r', at + 1))
        text.replace(at, text.compare(at, 2, "\r\n") == 0 ? 2 : 1, "\n");
    return text;
}

}  // namespace

TEST_CASE("the same event is for one client, for all, and for a topic's") {
    hub_under_test under_test;
    auto& one = under_test.connect(0, {.topics = {"board"}});
    auto& other = under_test.connect(1);
    one.send(datastar::patch_signals(R"({"you":1})"));
    under_test.hub.broadcast(datastar::patch_elements("<p id=\"a\">\n</p>", {.event_id = "7"}));
    under_test.hub.publish({"board"}, datastar::execute_script("go()"));
    under_test.hub.broadcast(datastar::patch_signals("{}"));
    CHECK(one.wait_for("signals {}"));
    CHECK(other.wait_for("signals {}"));
    auto const all =
        "event: datastar-patch-elements\nid: 7\ndata: elements <p id=\"a\">\ndata: elements "
        "</p>\n\n";
    auto const script =
        "event: datastar-patch-elements\ndata: selector body\ndata: mode append\n"
        "data: elements <script data-effect=\"el.remove()\">go()</script>\n\n";
    auto const last = "event: datastar-patch-signals\ndata: signals {}\n\n";
    CHECK(one.text() == "event: datastar-patch-signals\ndata: signals {\"you\":1}\n\n" +
                            std::string(all) + script + last);
    CHECK(other.text() == std::string(all) + last);
}

TEST_CASE("a page that comes back to a hub has the patches that it missed") {
    hub_under_test under_test(hub_under_test::with_history(10));
    auto const first = under_test.hub.broadcast(datastar::patch_elements("<p id=\"a\"></p>"));
    under_test.hub.broadcast(datastar::patch_elements("<p id=\"b\"></p>"));
    REQUIRE(first);
    auto& back = under_test.connect(0, {.last_event_id = first->text()});
    CHECK(back.wait_for("elements <p id=\"b\"></p>"));
    CHECK_THAT(back.text(), !ContainsSubstring("id=\"a\""));
}

TEST_CASE("a page has the elements that were sent, whatever is in them") {
    std::vector<std::string> const pieces{"<p>", "elements ", "data: ", "\n", "\r", "\r\n",
                                          " ",   "event: x",  "</p>",   "é",  ":",  ""};
    chance any(20261126);
    for (int i = 0; i < 2'000; ++i) {
        std::string html = "<";
        for (auto count = any.below(12); count > 0; --count) html += any.of(pieces);
        auto const seen =
            fibercast::testing::event_reader().feed(datastar::patch_elements(html).encode());
        REQUIRE(seen.size() == 1);
        CHECK(seen[0].type == "datastar-patch-elements");
        CHECK(elements_in(seen[0].data) == with_line_feeds(html));
    }
}
