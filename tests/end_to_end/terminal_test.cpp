#include "support/curl.hpp"
#include "support/server_process.hpp"
#include "support/temporary_file.hpp"
#include "support/temporary_folder.hpp"
#include "support/without_ids.hpp"

#include "support/catch.hpp"

#include <termios.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace end_to_end;
namespace {

/// The server with a terminal, and the operator's fingers.
struct terminal_session {
    temporary_folder const own_state;
    temporary_file forgotten{
        "leak:wcsdup\n"};  // libedit never frees the names of functions that are added to it
    server_process server;

    /// Its history is in `state`, or in a folder of its own.
    explicit terminal_session(std::vector<std::string> const& options = {},
                              std::filesystem::path const& state = {})
        : server(options, input_kind::terminal,
                 {"env", "TERM=xterm", "LC_ALL=C.UTF-8",
                  "LSAN_OPTIONS=suppressions=" + forgotten.path(),
                  "XDG_STATE_HOME=" + (state.empty() ? own_state.path() : state).string()}) {
        screen().until("fibercast> ");
    }

    reader& screen() { return server.process().output(); }
    void type(std::string const& keys) { server.process().write(keys); }
    std::string answer() { return screen().until("fibercast> "); }

    bool in_order() const {
        termios modes{};
        auto& process = const_cast<server_process&>(server).process();
        return ::tcgetattr(process.terminal(), &modes) == 0 && (modes.c_lflag & ICANON) != 0 &&
               (modes.c_lflag & ECHO) != 0;
    }
};

}  // namespace

TEST_CASE("a terminal gets a prompt, and answers") {
    terminal_session session;
    session.type("count\r");
    CHECK_THAT(session.answer(), ContainsSubstring("count") && ContainsSubstring("0\r\n"));
    session.type("fly\r");
    CHECK_THAT(session.answer(), ContainsSubstring("unknown command 'fly'"));
}

TEST_CASE("what is typed can be edited, in any language") {
    terminal_session session;
    curl_stream client(session.server.url());
    session.type(
        "roadcast grüxße\x1b[D\x1b[D\x7f\x01"
        "b\r");  // left, left, rub out, to the beginning
    CHECK(without_ids(client.output().until("\n\n")) == "data: grüße\n\n");
    session.type("quit\r");
    CHECK(session.server.wait() == 0);
}

TEST_CASE("the arrow up brings the last command back") {
    terminal_session session;
    session.type("count\r");
    session.answer();
    session.type("\x1b[A");
    session.screen().until("count");
    session.type("\r");
    CHECK_THAT(session.answer(), ContainsSubstring("0\r\n"));
}

TEST_CASE("TAB completes commands and flags") {
    terminal_session session;
    session.type("br\t");
    session.screen().until("oadcast ");
    session.type("x\r");
    CHECK_THAT(session.answer(), ContainsSubstring("sent to 0 clients"));
    session.type("c\t");  // clients, count
    session.screen().until("clients");
    session.screen().until("count");
    session.answer();
    session.type("li\t--s\t\r");
    CHECK_THAT(session.answer(), ContainsSubstring("no slow clients"));
}

TEST_CASE("on a terminal a key ends what is shown of a topic, ^C too") {
    terminal_session session;
    for (auto const* key : {"q", "\x03", "\r", "\x1b[A"}) {
        session.type("tail news\r");
        session.screen().until("data: Successfully connected\r\n");
        session.type(key);
        session.answer();
        session.type("count\r");
        session.answer();
    }
    session.type("quit\r");
    CHECK(session.server.wait() == 0);
    CHECK(session.in_order());
}

TEST_CASE("^D on an empty line stops the server and leaves the terminal in order") {
    terminal_session session;
    curl_stream client(session.server.url());
    session.type("\x04");
    CHECK(session.server.wait() == 0);
    CHECK(client.wait() == curl_unfinished);
    CHECK(session.in_order());
}

TEST_CASE("quit on a terminal stops the server") {
    terminal_session session;
    session.type("quit\r");
    CHECK(session.server.wait() == 0);
    CHECK(session.in_order());
}

TEST_CASE("^C gives up a line that is half typed, and the server goes on") {
    terminal_session session;
    session.type("broadcast half a li\x1b[D\x1b[D\x03");
    session.screen().until("^C");
    session.answer();
    session.type("count\r");
    CHECK_THAT(session.answer(), ContainsSubstring("0\r\n"));
    session.type("\x1b[A\r");  // what was given up is not in the history
    CHECK_THAT(session.answer(), ContainsSubstring("0\r\n"));
}

TEST_CASE("^C on an empty line stops the server and leaves the terminal in order") {
    terminal_session session;
    CHECK_FALSE(session.in_order());  // the line editor has it
    session.type("\x03");
    CHECK(session.server.wait() == 0);
    CHECK(session.in_order());
}

TEST_CASE("a signal in the middle of a line stops the server and leaves the terminal in order") {
    terminal_session session;
    session.type("broadcast half a li");
    session.screen().until("half a li");
    CHECK(session.server.stop(SIGTERM) == 0);
    CHECK(session.in_order());
}

TEST_CASE("the keys that move by words and to the ends work, whatever the terminal calls them") {
    struct key {
        char const* to_the_left;
        char const* to_the_right;
    };
    terminal_session session;
    curl_stream client(session.server.url());
    for (auto const& [home, end] : {key{"\x1b[H", "\x1b[F"}, key{"\x1bOH", "\x1bOF"},
                                    key{"\x1b[1~", "\x1b[4~"}, key{"\x1b[7~", "\x1b[8~"}}) {
        INFO(home + 1);
        session.type("roadcast x" + std::string(home) + "b" + end + "y\r");
        CHECK(without_ids(client.output().until("\n\n")) == "data: xy\n\n");
        session.answer();
    }
    for (auto const& [left, right] : {key{"\x1b[1;5D", "\x1b[1;5C"}, key{"\x1b[5D", "\x1b[5C"},
                                      key{"\x1bOd", "\x1bOc"}, key{"\x1b[1;3D", "\x1b[1;3C"}}) {
        INFO(left + 1);
        session.type("broadcast two three" + std::string(left) + left + "one " + right + "!\r");
        CHECK(without_ids(client.output().until("\n\n")) == "data: one two! three\n\n");
        session.answer();
    }
    session.type("xcount\x01\x1b[3~\r");  // Delete
    CHECK_THAT(session.answer(), ContainsSubstring("1\r\n") && !ContainsSubstring("~"));
    session.type("quit\r");
    CHECK(session.server.wait() == 0);
}

TEST_CASE("commands are remembered from one session to the next") {
    temporary_folder const state;
    {
        terminal_session session({}, state.path());
        session.type("count\r");
        session.answer();
        session.type("quit\r");
        CHECK(session.server.wait() == 0);
    }
    terminal_session session({}, state.path());
    session.type("\x1b[A\x1b[A");  // quit, count
    session.screen().until("count");
    session.type("\r");
    CHECK_THAT(session.answer(), ContainsSubstring("0\r\n"));
}

TEST_CASE("with --no-command-history nothing is remembered") {
    temporary_folder const state;
    terminal_session session({"--no-command-history"}, state.path());
    session.type("count\r");
    session.answer();
    CHECK(std::filesystem::is_empty(state.path()));
}

TEST_CASE("a state folder that cannot be written is no error") {
    temporary_file const in_the_way("");
    terminal_session session({}, in_the_way.path());
    session.type("count\r");
    CHECK_THAT(session.answer(), ContainsSubstring("0\r\n"));
    session.type("\x1b[A\r");
    CHECK_THAT(session.answer(), ContainsSubstring("0\r\n"));
}

TEST_CASE("what comes through a pipe is not remembered") {
    temporary_folder const state;
    server_process server({}, input_kind::pipe, {"env", "XDG_STATE_HOME=" + state.path().string()});
    CHECK(server.execute("count") == "0\n");
    CHECK(std::filesystem::is_empty(state.path()));
}
