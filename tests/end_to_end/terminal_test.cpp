#include "support/curl.hpp"
#include "support/server_process.hpp"
#include "support/temporary_file.hpp"

#include "support/catch.hpp"

#include <termios.h>

#include <csignal>
#include <string>

using namespace end_to_end;
namespace {

/// The server with a terminal, and the operator's fingers.
struct terminal_session {
    temporary_file forgotten{
        "leak:wcsdup\n"};  // libedit never frees the names of functions that are added to it
    server_process server{
        {},
        input_kind::terminal,
        {"env", "TERM=xterm", "LC_ALL=C.UTF-8", "LSAN_OPTIONS=suppressions=" + forgotten.path()}};

    terminal_session() { screen().until("fibercast> "); }

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
    CHECK(client.output().until("\n\n") == "data: grüße\n\n");
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

TEST_CASE("^D on an empty line stops the server and leaves the terminal in order") {
    terminal_session session;
    curl_stream client(session.server.url());
    session.type("\x04");
    CHECK(session.server.wait() == 0);
    CHECK(client.wait() == 0);
    CHECK(session.in_order());
}

TEST_CASE("quit on a terminal stops the server") {
    terminal_session session;
    session.type("quit\r");
    CHECK(session.server.wait() == 0);
    CHECK(session.in_order());
}

TEST_CASE("^C stops the server and leaves the terminal in order") {
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
