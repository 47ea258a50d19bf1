#include "support/curl.hpp"
#include "support/raw_client.hpp"
#include "support/server_process.hpp"
#include "support/without_ids.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <csignal>
#include <memory>
#include <string>
#include <vector>

using namespace end_to_end;
TEST_CASE("a pipe is answered after each command, without a prompt") {
    server_process server;
    server.process().write("count\n");
    CHECK(server.process().output().line() == "0");
    server.process().write("  count  \r\n\n\t\nbroadcast x\n");
    CHECK(server.process().output().line() == "0");
    CHECK(server.process().output().line() == "sent to 0 clients");
}

TEST_CASE("help names all commands") {
    server_process server;
    auto const text = server.execute("help");
    for (auto const* name :
         {"broadcast", "publish", "topics", "tail", "send", "clients", "--slow", "--from", "count",
          "kick", "stats", "dump", "help", "quit", "exit", "--event", "--id", "--retry"}) {
        CHECK_THAT(text, ContainsSubstring(name));
    }
}

TEST_CASE("stats shows what the kernel keeps for clients that do not read") {
    server_process server;
    auto const stuck = never_reading(server.port());
    server.await_stat("clients", 1);
    CHECK(server.execute("broadcast " + std::string(900'000, 'x')) == "sent to 1 client\n");
    await("bytes that are not acknowledged", [&] { return server.stat("unsent_bytes") > 0; });
}

TEST_CASE("an event's type, id and time to reconnect arrive") {
    server_process server;
    curl_stream client(server.url());
    CHECK(server.execute("broadcast --event news --id 7 --retry 1500 a\\nb") ==
          "sent to 1 client\n");
    CHECK(without_ids(client.output().until("\n\n")) ==
          "event: news\nid: 7\nretry: 1500\ndata: a\ndata: b\n\n");
    CHECK(server.execute("send --event direct 1 -- --id") == "sent to client 1\n");
    CHECK(without_ids(client.output().until("\n\n")) == "event: direct\ndata: --id\n\n");
}

TEST_CASE("clients can be limited, and chosen by their address") {
    server_process server;
    std::vector<std::unique_ptr<curl_stream>> all;
    for (int i = 0; i < 3; ++i) all.push_back(std::make_unique<curl_stream>(server.url()));
    auto const table = server.execute("clients 1");
    CHECK_THAT(table, ContainsSubstring("\n 1  127.0.0.1:") && EndsWith("and 2 more\n") &&
                          !ContainsSubstring("topics"));
    CHECK(server.execute("clients --from 10.") == "no such clients\n");
    CHECK_THAT(server.execute("clients --from 127."), ContainsSubstring("\n 3  127.0.0.1:"));
}

TEST_CASE("who has subscribed to a topic gets what is published to it") {
    server_process server;
    CHECK(server.execute("topics") == "no topics\n");
    curl_stream orders(server.url("/?topic=orders/*"));
    curl_stream news(server.url("/?topic=news&topic=orders/7"));
    CHECK(server.execute("topics") ==
          "clients  topic\n      1  news\n      1  orders/*\n      1  orders/7\n");
    CHECK_THAT(server.execute("publish --event paid orders/7 Order 7"),
               StartsWith("published as #"));
    for (auto* each : {&orders, &news})
        CHECK(without_ids(each->output().until("\n\n")) == "event: paid\ndata: Order 7\n\n");
    CHECK_THAT(server.execute("publish orders/* x"), ContainsSubstring("is a pattern"));
    CHECK(server.stat("published") == 1);
    CHECK_THAT(server.execute("clients"), ContainsSubstring("  news orders/7\n"));
}

TEST_CASE("what comes for a topic is shown until the next line") {
    server_process server({"--admin", "127.0.0.1:0"});
    server.log().until("admin on ");
    auto const admin = server.log().line();
    server.process().write("tail orders/*\n");
    server.process().output().until("data: Successfully connected\n\n");
    fetch(admin + "/topics/orders/7?event=paid", {"-d", "red \x1b[31m"});
    fetch(admin + "/topics/news", {"-d", "not this"});
    fetch(admin + "/broadcast", {"-d", "last"});
    CHECK(without_ids(server.process().output().until("data: last\n\n")) ==
          "event: paid\ndata: red \\x1b[31m\n\ndata: last\n\n");
    CHECK(server.stat("published") == 2);
    server.await_stat("clients", 0);
}

TEST_CASE("tail shows what one client gets, escaped, until its stream ends") {
    server_process server({"--admin", "127.0.0.1:0"});
    server.log().until("admin on ");
    auto const admin = server.log().line();
    curl_stream client(server.url() + "?topic=news");
    server.process().write("tail 1\n");
    server.process().output().until("client 1 gets:\n");
    fetch(admin + "/topics/news?event=paid", {"-d", "red \x1b[31m"});
    fetch(admin + "/topics/1", {"-d", "not this"});
    fetch(admin + "/broadcast", {"-d", "last"});
    CHECK(without_ids(server.process().output().until("data: last\n\n")) ==
          "event: paid\ndata: red \\x1b[31m\n\ndata: last\n\n");
    CHECK(without_ids(client.output().until("data: last\n\n")) ==
          ":\nevent: paid\ndata: red \x1b[31m\n\ndata: last\n\n");
    fetch(admin + "/clients/1", {"-X", "DELETE"});
    CHECK(server.process().output().until("ended\n") == "the stream of client 1 has ended\n");
    CHECK(server.execute("count") == "0\n");
}

TEST_CASE("a number that is no client's id is a topic") {
    server_process server;
    server.process().write("tail 7\n");
    server.process().output().until("data: Successfully connected\n\n");
    server.await_stat("clients", 0);  // the next line ends it
}

TEST_CASE("exit stops the server") {
    server_process server;
    server.process().write("exit\n");
    CHECK(server.wait() == 0);
}

TEST_CASE("dump lists fibers by what they wait for") {
    server_process server;
    raw_client slow(server.port());
    slow.send("GET / HTTP/1.1\r\n");  // who has not begun yet has no fiber
    curl_stream client(server.url());
    await("a connection that says no more", [&] {
        auto const text = server.execute("dump");
        return text.find("  a peer to send\n") != text.npos;
    });
    auto const text = server.execute("dump");
    CHECK_THAT(text, StartsWith("fibers  longest  wait for\n") &&
                         ContainsSubstring("  a connection\n") && ContainsSubstring(" on ") &&
                         ContainsSubstring(" worker") &&
                         ContainsSubstring("2 connections, 1 of them a client's stream"));
}

TEST_CASE("stats has stable names") {
    server_process server;
    curl_stream client(server.url());
    auto const text = server.execute("stats");
    for (auto const* name : {"uptime_s",
                             "workers",
                             "connections",
                             "accepted",
                             "accept_pauses",
                             "refused",
                             "requests_rejected",
                             "requests_timed_out",
                             "worker_stalls",
                             "log_dropped",
                             "clients",
                             "joined",
                             "broadcasts",
                             "published",
                             "behind",
                             "fell_behind",
                             "resumed",
                             "replayed",
                             "gaps",
                             "compressed",
                             "compressed_from",
                             "compressed_to",
                             "history_events",
                             "history_bytes",
                             "queued_bytes",
                             "sent",
                             "heartbeats",
                             "dropped",
                             "slow_disconnects",
                             "kicked",
                             "ended_peer",
                             "ended_drained",
                             "ended_expired",
                             "ended_failed",
                             "ended_finished",
                             "unsent_bytes",
                             "pss_kib",
                             "rss_kib",
                             "cpu_user_s",
                             "cpu_system_s"}) {
        CHECK_THAT("\n" + text, ContainsSubstring(std::string("\n") + name + " "));
    }
    CHECK(server.stat("clients") == 1);
    CHECK(server.stat("connections") == 1);
    CHECK(server.stat("joined") == 1);
    CHECK(server.stat("rss_kib") > 1000);
    CHECK(server.stat("pss_kib") > 100);
}

TEST_CASE("a broken line is answered by one clear line") {
    server_process server;
    auto const answer = [&](std::string const& line) {
        auto text = server.execute(line);
        INFO(text);
        CHECK(std::count(text.begin(), text.end(), '\n') == 1);
        CHECK(std::none_of(text.begin(), text.end() - 1,
                           [](unsigned char c) { return c < 0x20 || c == 0x7f; }));
        return text;
    };
    CHECK(answer("fly") == "unknown command 'fly'; 'help' lists the commands\n");
    CHECK(answer("\x1b[31m") == "unknown command '\\x1b[31m'; 'help' lists the commands\n");
    CHECK_THAT(answer("a\u202eb\u009b\u200b\rc"),
               ContainsSubstring("'a\\u{202e}b\\u{9b}\\u{200b}\\rc'"));
    CHECK_THAT(answer("broadcast"), StartsWith("broadcast what?"));
    CHECK_THAT(answer("broadcast   "), StartsWith("broadcast what?"));
    CHECK_THAT(answer("send abc x"), ContainsSubstring("'abc'"));
    CHECK_THAT(answer("send 1"), StartsWith("send what?"));
    CHECK_THAT(answer("send 1 x"), ContainsSubstring("there is no client 1"));
    CHECK_THAT(answer("send -1 x"), ContainsSubstring("'-1'"));
    CHECK_THAT(answer("kick 99999999999999999999"), ContainsSubstring("is no client's id"));
    CHECK_THAT(answer("kick"), ContainsSubstring("usage: kick ID"));
    CHECK_THAT(answer("clients --fast"), ContainsSubstring("usage: clients"));
    CHECK_THAT(answer("count me"), ContainsSubstring("count"));
    CHECK_THAT(answer("broadcast \xff"), ContainsSubstring("UTF-8"));
    CHECK_THAT(answer(std::string("broadcast a\0b", 13)), ContainsSubstring("NUL"));
    CHECK_THAT(answer(std::string(1'000, 'y')), ContainsSubstring("unknown command 'yyy"));
    CHECK(server.execute("count") == "0\n");
}

TEST_CASE("a line without end is refused, and the next one obeyed") {
    server_process server;
    curl_stream client(server.url());
    CHECK_THAT(server.execute("broadcast " + std::string(3'000'000, 'x')),
               StartsWith("the line is longer than"));
    CHECK(server.execute("broadcast short") == "sent to 1 client\n");
    CHECK(without_ids(client.output().until("\n\n")) == "data: short\n\n");
}

TEST_CASE("a line just below the limit arrives whole") {
    server_process server;
    curl_stream client(server.url());
    std::string const text(1'000'000, 'x');
    CHECK(server.execute("broadcast " + text) == "sent to 1 client\n");
    CHECK(without_ids(client.output().until("\n\n")) == "data: " + text + "\n\n");
}

TEST_CASE("the end of a pipe does not end the server") {
    server_process server;
    server.process().write("broadcast first\ncount");
    server.process().close_input();
    CHECK(server.process().output().line() == "sent to 0 clients");
    CHECK(server.process().output().line() == "0");  // the last line needs no end
    curl_stream client(server.url());
    CHECK(server.stop(SIGTERM) == 0);
    CHECK(client.wait() == curl_unfinished);
}

TEST_CASE("without input the server serves until a signal") {
    server_process server({}, input_kind::nothing);
    curl_stream client(server.url());
    CHECK(server.stop(SIGINT) == 0);
    CHECK(client.wait() == curl_unfinished);
}

TEST_CASE("when nobody reads the answers, commands are still obeyed") {
    server_process server;
    curl_stream client(server.url());
    server.process().close_output();
    server.process().write("help\nclients\nbroadcast still here\n");
    CHECK(without_ids(client.output().until("\n\n")) == "data: still here\n\n");
    server.process().write("quit\n");
    CHECK(server.wait() == 0);
    CHECK(client.wait() == curl_unfinished);
}

TEST_CASE("answers that nobody takes out of the pipe do not hold up the end") {
    server_process server;
    for (int i = 0; i < 200; ++i) server.process().write("help\n");  // more than a pipe holds
    CHECK(server.stop(SIGTERM) == 0);
}

TEST_CASE("standard streams that are closed from the start are not taken for sockets") {
    server_process server({}, input_kind::nothing, {"sh", "-c", "exec \"$0\" \"$@\" <&- >&-"});
    curl_stream first(server.url());
    curl_stream second(server.url());
    CHECK(server.stop(SIGTERM) == 0);
    for (auto* const each : {&first, &second})
        CHECK_THAT(each->output().until_end(), Matches("retry: 10[0-9]{2}\n\n"));
}
