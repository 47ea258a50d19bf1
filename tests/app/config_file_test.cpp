#include "app/config_file.hpp"

#include "support/catch.hpp"
#include "support/temporary_file.hpp"
#include "support/unique_fd.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <string>
#include <variant>

using namespace fibercast::app;
using namespace std::chrono_literals;
namespace {

options read(std::string const& text) {
    temporary_file const file(text);
    options all;
    auto const wrong = apply_config_file(file.path(), option_list(all));
    CHECK(wrong.empty());
    return all;
}

/// Without the name of the file.
std::string complaint(std::string const& text) {
    temporary_file const file(text);
    options all;
    auto const wrong = apply_config_file(file.path(), option_list(all));
    REQUIRE(wrong.starts_with(file.path() + ":"));
    return wrong.substr(file.path().size() + 1);
}

}  // namespace

TEST_CASE("a configuration file sets options, one a line") {
    auto const all = read(
        "# a comment\n"
        "; another\n"
        "\n"
        "port = 1234\r\n"
        "\theartbeat=250ms   # and one here\n"
        "host = \"::1\"  # quoted\n"
        "unsent-limit = 7\t; here too\n"
        "overflow = 'drop-oldest'\n"
        "no-command-history = true\n"
        "handler-stack = 2000000\n"
        "bodies-limit = 3000000\n"
        "workers = 3");
    CHECK(all.port == 1234);
    CHECK(all.heartbeat == 250ms);
    CHECK(all.host == "::1");
    CHECK(all.unsent_limit == 7);
    CHECK(all.overflow == fibercast::overflow::drop_oldest);
    CHECK_FALSE(all.command_history);
    CHECK(all.workers == 3);
    CHECK(all.handler_stack == 2'000'000);
    CHECK(all.bodies_limit == 3'000'000);
    CHECK(read("no-command-history = false\n").command_history);
    CHECK(read("host = \"a#b # c\"\n").host == "a#b # c");
    CHECK(read("host = 'a ; c'  ; d\n").host == "a ; c");
    CHECK(read("host = a#b\n").host == "a#b");
    CHECK(read("host = a;b# ;c\n").host == "a;b#");
    CHECK(read("").port == 8080);
}

TEST_CASE("what is wrong with a configuration file is said with the line") {
    CHECK(complaint("port = 0\ncolour = red\n") == "2: unknown key 'colour'");
    CHECK(complaint("prot = 0\n") == "1: unknown key 'prot'; did you mean port?");
    CHECK(complaint("\n\n# x\nport = 999999\n") ==
          "4: port: '999999' is no number from 0 to 65535");
    CHECK(complaint("port: 8087\n") == "1: 'port: 8087' is no line such as port = 8080");
    CHECK(complaint("port 8087\n") == "1: 'port 8087' is no line such as port = 8080");
    CHECK(complaint("port = 1\n++\n") == "2: '++' is no line such as port = 8080");
    CHECK(complaint("++ = 1\n") == "1: unknown key '++'");
    CHECK(complaint("[network]\nport = 1\n") == "1: '[network]': there are no sections");
    CHECK(complaint("port = 1\nport = 2\n") == "2: port is set a second time");
    CHECK(complaint("port =\n") == "1: port: '' is no number from 0 to 65535");
    CHECK(complaint("workers = 1\nhandler-stack = 0\n")
              .starts_with("2: handler-stack: '0' is no number from "));
    CHECK(complaint("= 5\n") == "1: unknown key ''");
    CHECK(complaint("no-command-history = 5\n") ==
          "1: no-command-history: '5' is none of true, false");
    CHECK(complaint("\x1b[2J = 5\n") == "1: unknown key '\\x1b[2J'");
}

TEST_CASE("a configuration file that cannot be read is said by its name") {
    options all;
    CHECK(apply_config_file("/", option_list(all)) == "'/' is a folder and no configuration file");
    CHECK(apply_config_file("/no/such/file", option_list(all)) ==
          "/no/such/file: No such file or directory");
}

TEST_CASE("a configuration file is read again, but not a pipe, of which nothing is left") {
    temporary_file const file("log-level = debug\n");
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    unique_fd const from(ends[0]);
    unique_fd to(ends[1]);
    REQUIRE(::write(to.get(), "port = 1\n", 9) == 9);
    to.reset();
    auto const pipe = fmt::format("/dev/fd/{}", from.get());
    auto const parsed = [](std::string const& path, reading how) {
        std::array const words{"fibercast", "--config", path.c_str()};
        return parse_options(static_cast<int>(words.size()), words.data(), how);
    };
    CHECK(std::get<options>(parsed(file.path(), reading::again)).log_level == spdlog::level::debug);
    CHECK(std::get<options>(parsed(pipe, reading::first)).port == 1);
    CHECK(std::get<early_end>(parsed(pipe, reading::again)).reason ==
          "'" + pipe + "' is no file that can be read again");
    CHECK(std::get<early_end>(parsed("/no/such/file", reading::again)).reason ==
          "/no/such/file: No such file or directory");
}
