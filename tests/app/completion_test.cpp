#include "app/repl/completion.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace fibercast::app;
namespace {

using choices = std::vector<std::string_view>;

std::string inserted(std::string_view line) { return completion_of(line).insert; }

}  // namespace

TEST_CASE("a command is completed when it is the only one") {
    CHECK(inserted("br") == "oadcast ");
    CHECK(inserted("  se") == "nd ");
    CHECK(inserted("quit") == " ");
    CHECK(inserted("x").empty());
    CHECK(completion_of("x").choices.empty());
}

TEST_CASE("several commands are listed, and what they have in common is put in") {
    CHECK(completion_of("c").choices == choices{"clients", "count"});
    CHECK(inserted("c").empty());
    CHECK(completion_of("").choices.size() == 12);
}

TEST_CASE("flags are completed before the text") {
    CHECK(inserted("broadcast --e") == "vent ");
    CHECK(inserted("broadcast --event news --i") == "d ");
    CHECK(inserted("broadcast --event=news --i") == "d ");
    CHECK(completion_of("broadcast -").choices == choices{"--event", "--id", "--retry", "--"});
    CHECK(inserted("broadcast -") == "-");
    CHECK(inserted("send 7 --r") == "etry ");
    CHECK(inserted("send --r") == "etry ");
    CHECK(inserted("clients --s") == "low ");
    CHECK(inserted("clients 5 --s").empty());
}

TEST_CASE("a text, the value of a flag, and what is behind -- is not completed") {
    for (auto const* line : {"broadcast hello --e", "send 7 hello --e", "broadcast -- --e",
                             "broadcast --event --i", "broadcast --event ", "count -", "fly -"}) {
        INFO(line);
        CHECK(completion_of(line).choices.empty());
    }
}
