#include "support/datagram_socket.hpp"
#include "support/server_process.hpp"
#include "support/temporary_folder.hpp"
#include "support/text_file.hpp"

#include "support/catch.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

using namespace end_to_end;
namespace {

void await_text(std::string const& path, std::string const& text) {
    await(text + " in " + path, [&] {
        return std::filesystem::exists(path) && text_file(path).find(text) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("SIGHUP begins a new log file, and the server goes on") {
    temporary_folder const folder;
    auto const path = (folder.path() / "log").string();
    server_process server({"--log-file", path});
    await_text(path, server.announcement() + "\n");
    std::filesystem::rename(path, path + ".1");
    server.process().send(SIGHUP);
    await_text(path, "reload: the log file was opened again");
    server.process().write("quit\n");
    CHECK(server.wait() == 0);
    CHECK_THAT(text_file(path), EndsWith("all connections ended in peace\n"));
    CHECK(text_file(path + ".1").find("stopped") == std::string::npos);
    CHECK(server.log().until_end().empty());  // nothing but where it listens
}

TEST_CASE("SIGHUP reads the log level again, and says that there is no log file") {
    temporary_folder const folder;
    auto const path = (folder.path() / "fibercast.conf").string();
    std::ofstream(path) << "log-level = info\n";
    datagram_socket heard;
    server_process server({"--config", path}, input_kind::pipe,
                          {"env", "NOTIFY_SOCKET=" + heard.address()});
    CHECK_THAT(heard.receive(), StartsWith("READY=1\n"));
    std::ofstream(path) << "log-level = debug\n";
    server.process().send(SIGHUP);
    CHECK_THAT(heard.receive(), StartsWith("RELOADING=1\nMONOTONIC_USEC="));
    CHECK(heard.receive() == "READY=1\n");
    server.log().until("reload: there is no log file to open again\n");
    server.log().until("reload: the configuration was read again, for log-level alone\n");
    CHECK_THAT(server.execute("nonsense"), ContainsSubstring("unknown command"));
    std::ofstream(path) << "log-level = loud\n";
    server.process().send(SIGHUP);
    server.log().until("error reload: the configuration stays as it was: " + path +
                       ":1: log-level: 'loud' is none of");
}

TEST_CASE("what the command line says is so after SIGHUP, too") {
    temporary_folder const folder;
    auto const path = (folder.path() / "fibercast.conf").string();
    std::ofstream(path) << "log-level = warn\n";
    server_process server({"--config", path, "--log-level", "info"});
    server.process().send(SIGHUP);
    server.log().until("reload: the configuration was read again, for log-level alone\n");
}

TEST_CASE("a log file that cannot be opened is said at the start, and so is a start that fails") {
    temporary_folder const folder;
    child_process none(program({"--port", "0", "--log-file", folder.path().string()}),
                       input_kind::nothing);
    CHECK(none.errors().until_end() ==
          "fibercast: cannot start: the log file " + folder.path().string() + ": Is a directory\n");
    CHECK(none.wait() == 1);
    auto const path = (folder.path() / "log").string();
    server_process taken;
    child_process second(program({"--port", std::to_string(taken.port()), "--log-file", path}),
                         input_kind::nothing);
    CHECK(second.wait() == 1);
    CHECK_THAT(second.errors().until_end(), ContainsSubstring("Address already in use"));
    CHECK_THAT(text_file(path), ContainsSubstring("Address already in use"));
}

TEST_CASE("a terminal that goes away takes its server with it") {
    child_process server(program({"--port", "0"}, {"env", "TERM=xterm"}), input_kind::terminal);
    server.output().until("fibercast> ");
    server.close_input();
    server.close_output();
    CHECK(server.wait() == 0);
}

TEST_CASE("SIGHUP stops a server only when the terminal that its log is on has gone away") {
    // Its commands do not come from there.
    child_process server(
        program({"--port", "0"}, {"sh", "-c", "exec \"$@\" 2>&1 </dev/null", "sh"}),
        input_kind::terminal);
    server.output().until("listening on ");
    server.send(SIGHUP);
    server.output().until("reload: the configuration was read again, for log-level alone");
    server.close_input();  // what comes then is the kernel's
    server.close_output();
    CHECK(server.wait() == 0);
}
