#include "app/repl/command.hpp"

#include "support/catch.hpp"

#include <string>
#include <variant>

using namespace fibercast;
using namespace fibercast::app;
namespace {

template <typename Command>
Command parsed(std::string const& line) {
    auto const found = parse_command(line);
    INFO(line);
    if (auto const* const wrong = std::get_if<commands::mistake>(&found))
        UNSCOPED_INFO(wrong->what);
    REQUIRE(std::holds_alternative<Command>(found));
    return std::get<Command>(found);
}

std::string broadcast_of(std::string const& line) {
    return parsed<commands::broadcast>(line).what.encode();
}

std::string mistake_of(std::string const& line) { return parsed<commands::mistake>(line).what; }

}  // namespace

TEST_CASE("a broadcast's text is all that is behind the name") {
    CHECK(broadcast_of("broadcast Hello,  world ") == "data: Hello,  world \n\n");
    CHECK(broadcast_of(" \tbroadcast\tx") == "data: x\n\n");
    CHECK(broadcast_of("broadcast grüße") == "data: grüße\n\n");
    CHECK(broadcast_of(R"(broadcast a\nb\\n\t)") == "data: a\ndata: b\\n\\t\n\n");
    CHECK(broadcast_of("broadcast -1 --event x") == "data: -1 --event x\n\n");
}

TEST_CASE("a broadcast may have a type, an id and a time to reconnect") {
    CHECK(broadcast_of("broadcast --event news x") == "event: news\ndata: x\n\n");
    CHECK(broadcast_of("broadcast --event=news --id 7 --retry 1500 x y") ==
          "event: news\nid: 7\nretry: 1500\ndata: x y\n\n");
    CHECK(broadcast_of("broadcast --id a=b x") == "id: a=b\ndata: x\n\n");
    CHECK(broadcast_of("broadcast --id=a=b x") == "id: a=b\ndata: x\n\n");
    CHECK(broadcast_of("broadcast --retry 0 x") == "retry: 0\ndata: x\n\n");
}

TEST_CASE("behind -- everything is text") {
    CHECK(broadcast_of("broadcast -- --event x") == "data: --event x\n\n");
    CHECK(broadcast_of("broadcast --id 1 --  -- ") == "id: 1\ndata: -- \n\n");
    CHECK(parsed<commands::send>("send 1 -- --id x").what.encode() == "data: --id x\n\n");
    CHECK(parsed<commands::send>("send -- 1 --id x").what.encode() == "data: --id x\n\n");
}

TEST_CASE("send has its flags before or behind the id") {
    for (auto const* line : {"send --event news 7 x", "send 7 --event news x"}) {
        auto const sent = parsed<commands::send>(line);
        CHECK(sent.to == 7);
        CHECK(sent.what.encode() == "event: news\ndata: x\n\n");
    }
}

TEST_CASE("what is published has a topic, with flags before or behind it") {
    for (auto const* line :
         {"publish --event news orders/7 x y", "publish orders/7 --event news x y"}) {
        auto const made = parsed<commands::publish>(line);
        CHECK(made.topic == "orders/7");
        CHECK(made.what.encode() == "event: news\ndata: x y\n\n");
    }
    CHECK(mistake_of("publish") ==
          "publish to which topic? usage: publish [--event TYPE] [--id ID] [--retry MS] [--] TOPIC "
          "TEXT");
    CHECK_THAT(mistake_of("publish orders/7"), StartsWith("publish what?"));
    CHECK_THAT(mistake_of("publish orders/* x"), ContainsSubstring("is a pattern"));
    CHECK_THAT(mistake_of("publish " + std::string(1'025, 'x') + " x"),
               ContainsSubstring("is longer than 1024 bytes"));
    parsed<commands::topics>("topics");
    CHECK(parsed<commands::tail>("tail orders/**").what == "orders/**");
    CHECK(mistake_of("tail") == "tail what? usage: tail TOPIC|ID");
    CHECK(mistake_of("tail a b") == "tail takes one topic, pattern or id; usage: tail TOPIC|ID");
    CHECK_THAT(mistake_of("tail a\x1b"), ContainsSubstring("control or format character"));
    CHECK(mistake_of("topics x") == "topics takes nothing behind it");
}

TEST_CASE("wrong flags are answered with what would be right") {
    CHECK(mistake_of("broadcast --evnt x y") ==
          "broadcast has no flag '--evnt'; did you mean --event?");
    CHECK(mistake_of("broadcast --colour red x") ==
          "broadcast has no flag '--colour'; usage: broadcast [--event TYPE] [--id ID] "
          "[--retry MS] [--] TEXT");
    CHECK(mistake_of("broadcast --event") == "--event wants a value: --event TYPE");
    CHECK(mistake_of("broadcast --event= x") == "--event wants a value: --event TYPE");
    CHECK(mistake_of("broadcast --event --id 3 x") == "--event wants a value: --event TYPE");
    CHECK(mistake_of("broadcast --retry 3s x") ==
          "--retry '3s' is no number of milliseconds from 0 to 86400000");
    CHECK(mistake_of("broadcast --retry -1 x") ==
          "--retry '-1' is no number of milliseconds from 0 to 86400000");
    CHECK(mistake_of("broadcast --event a\rb x") ==
          "an event's type must not contain CR, LF or NUL");
    CHECK(mistake_of("clients --slow=yes") == "--slow takes no value");
    CHECK_THAT(mistake_of("broadcast --event x"), ContainsSubstring("broadcast what?"));
    CHECK_THAT(mistake_of("send --id 3"), ContainsSubstring("send whom?"));
}

TEST_CASE("clients may be few, slow, or of one network") {
    auto asked = parsed<commands::clients>("clients");
    CHECK_FALSE(asked.only_slow);
    CHECK(asked.from.empty());
    CHECK(asked.limit == std::nullopt);
    asked = parsed<commands::clients>("clients 5 --slow --from 10.0.");
    CHECK(asked.only_slow);
    CHECK(asked.from == "10.0.");
    CHECK(asked.limit == std::size_t{5});
    CHECK_THAT(mistake_of("clients 0"), ContainsSubstring("'0' is no number of clients"));
    CHECK_THAT(mistake_of("clients 1 2"), ContainsSubstring("'2'"));
    CHECK_THAT(mistake_of("clients all"), ContainsSubstring("usage: clients [--slow] [--from"));
}

TEST_CASE("exit is quit, and a near miss is answered with the command") {
    parsed<commands::quit>("quit");
    parsed<commands::quit>("  exit ");
    CHECK(mistake_of("QUIT") == "unknown command 'QUIT'; did you mean 'quit'?");
    CHECK(mistake_of("Exit") == "unknown command 'Exit'; did you mean 'exit'?");
    CHECK(mistake_of("brodcast x") == "unknown command 'brodcast'; did you mean 'broadcast'?");
    CHECK(mistake_of("fly") == "unknown command 'fly'; 'help' lists the commands");
    CHECK(mistake_of("quit now") == "quit takes nothing behind it");
}

TEST_CASE("an id is a number and nothing else") {
    CHECK(parsed<commands::kick>("kick 18446744073709551615").whom == ~client_id{0});
    for (auto const* word : {"x", "-1", "+1", "1x", "18446744073709551616", "0x1"}) {
        CHECK_THAT(mistake_of("kick " + std::string(word)), ContainsSubstring("is no client's id"));
    }
    CHECK_THAT(mistake_of("kick"), ContainsSubstring("usage: kick ID"));
    CHECK_THAT(mistake_of("kick 1 2"), ContainsSubstring("one id"));
}
