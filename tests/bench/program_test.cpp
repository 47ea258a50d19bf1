// The program itself, with few clients: what it measures is not looked at, only that it does.
#include "bench/bench_program.hpp"

#include "contest/known_servers.hpp"
#include "process/child_process.hpp"
#include "process/command_output.hpp"
#include "process/line_reader.hpp"

#include "support/catch.hpp"
#include "support/sanitizer.hpp"

#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;
using namespace bench_program;

TEST_CASE("each question about servers is answered for each of them, round by round") {
    scratch_folder folder;
    auto const file = folder.path / "result.json";
    struct question {
        std::vector<std::string> words;
        std::string figure;
    };
    for (auto const& [words, name] : std::vector<question>{
             {{"fanout", "--clients", "30", "--messages", "3"}, "CPU per event"},
             {{"burst", "--clients", "30", "--messages", "50"}, "deliveries per second"},
             {{"burst", "--clients", "30", "--messages", "5", "--rate", "100"}, "latency p99"},
             {{"connect", "--clients", "30"}, "storm of all at once, served"},
             {{"idle", "--clients", "30", "--settle", "10ms", "--rest", "10ms"},
              "memory (PSS) per client"}}) {
        INFO(words[0]);
        auto const result = run(quickly(words, file));
        INFO(result.output);
        REQUIRE(result.status == 0);
        bool const publishes = std::ranges::count(words, "--messages") > 0;
        CHECK((result.output.find("none lost, all in order") != std::string::npos) == publishes);
        auto const found = read_json(file);
        auto const& all = figure(found, name).at("values").as_array();
        REQUIRE(all.size() >= 2);
        CHECK(all[0].at("contestant") == "fibercast");
        CHECK(all[1].at("contestant") == "floor");
        CHECK(all[0].at("rounds").as_array().size() == 2);
        CHECK(all[0].at("median").to_number<double>() > 0);
        CHECK(found.at("questions").at(0).at("rounds_done") == 2);
    }
}

TEST_CASE("clients that come back at once all get what they have missed") {
    scratch_folder folder;
    auto const file = folder.path / "result.json";
    auto const result =
        run(quickly({"replay", "--clients", "32", "--warm-up", "20", "--missed", "5"}, file));
    INFO(result.output);
    REQUIRE(result.status == 0);
    auto const found = read_json(file);
    auto const& all = figure(found, "storm with ids, served").at("values").as_array();
    CHECK(all.at(0).at("contestant") == "fibercast");
    CHECK(all.at(0).at("median").to_number<double>() > 0);
}

TEST_CASE("topics are measured: one, many in one request, and many in a request each") {
    scratch_folder folder;
    auto const file = folder.path / "result.json";
    auto const result =
        run(quickly({"topics", "--clients", "30", "--topics", "7", "--messages", "3"}, file));
    INFO(result.output);
    REQUIRE(result.status == 0);
    auto const found = read_json(file);
    auto const& all = figure(found, "CPU per event").at("values").as_array();
    REQUIRE(all.size() == 3);
    CHECK(all[0].at("contestant") == "fibercast, one topic");
    CHECK(all[1].at("contestant") == "fibercast, 7 topics");
    CHECK(all[2].at("contestant") == "fibercast, 7 topics, a POST each");
}

TEST_CASE("patterns are measured in two groups, and each is held against exact topics") {
    scratch_folder folder;
    auto const file = folder.path / "result.json";
    auto const result =
        run(quickly({"patterns", "--clients", "30", "--topics", "10", "--messages", "3"}, file));
    INFO(result.output);
    REQUIRE(result.status == 0);
    CHECK_THAT(result.output, ContainsSubstring("none lost, all in order"));
    auto const found = read_json(file);
    auto const contestants_of = [&](std::string_view name) {
        std::vector<std::string> all;
        for (auto const& each : figure(found, name).at("values").as_array())
            all.emplace_back(each.at("contestant").as_string());
        return all;
    };
    CHECK(contestants_of("CPU per event to all") ==
          std::vector<std::string>{"fibercast, one exact topic", "fibercast, 10 patterns for it"});
    CHECK(contestants_of("CPU per event to 3") ==
          std::vector<std::string>{"fibercast, 10 exact topics",
                                   "fibercast, 10 patterns, beginnings differ",
                                   "fibercast, 10 patterns, beginnings alike"});
}

TEST_CASE("subscribers are measured without a token, with one for all and with one each") {
    scratch_folder folder;
    auto const file = folder.path / "result.json";
    auto const result = run(quickly({"tokens", "--clients", "30", "--settle", "10ms"}, file));
    INFO(result.output);
    REQUIRE(result.status == 0);
    auto const found = read_json(file);
    auto const& all = figure(found, "memory (PSS) per client").at("values").as_array();
    REQUIRE(all.size() == 3);
    CHECK(all[0].at("contestant") == "fibercast, no token");
    CHECK(all[1].at("contestant") == "fibercast, one token for all");
    CHECK(all[2].at("contestant") == "fibercast, a token each");
    auto const& checks = figure(found, "signature checks per connect").at("values");
    CHECK(checks.at(0).at("median").to_number<double>() == 0);
    CHECK(checks.at(1).at("median").to_number<double>() == Approx(1.0 / 30));
    CHECK(checks.at(2).at("median").to_number<double>() == 1);
}

TEST_CASE("nchan has topics and a history too, where it is installed") {
    auto const script = (bench::default_peers_folder() / "nchan/peer").string();
    if (auto const about = bench::run_command({script, "about"}); about.status != 0) {
        CHECK_THAT(about.output, ContainsSubstring("is not installed"));
        WARN("skipped: " << about.output);
        return;
    }
    scratch_folder folder;
    auto const file = folder.path / "result.json";
    auto const topics = run(quickly(
        {"topics", "--server", "nchan", "--clients", "30", "--topics", "7", "--messages", "3"},
        file));
    INFO(topics.output);
    REQUIRE(topics.status == 0);
    CHECK(figure(read_json(file), "CPU per event").at("values").as_array().size() == 2);
    auto const replay = run(quickly(
        {"replay", "--server", "nchan", "--clients", "32", "--warm-up", "20", "--missed", "5"},
        file));
    INFO(replay.output);
    CHECK(replay.status == 0);
}

TEST_CASE("clients that never read are cut off under disconnect, and the others miss nothing") {
    scratch_folder folder;
    auto const file = folder.path / "result.json";
    auto const result = run({"slow", "--clients", "40", "--slow-share", "0.1", "--messages", "40",
                             "--size", "10000", "--rounds", "1", "--json", file.string()});
    INFO(result.output);
    REQUIRE(result.status == 0);
    auto const found = read_json(file);
    auto const& gone = figure(found, "clients cut off").at("values").as_array();
    REQUIRE(gone.size() == 6);
    CHECK(gone[0].at("median").to_number<double>() == 0);
    CHECK(gone[1].at("contestant") == "fibercast, disconnect");
    CHECK(gone[1].at("median").to_number<double>() == 4);
    CHECK(gone[2].at("contestant") == "fibercast, drop-oldest");
    CHECK(gone[2].at("median").to_number<double>() == 0);
    CHECK(gone[5].at("contestant") == "fibercast, catch-up");
    CHECK(gone[5].at("median").to_number<double>() == 0);
}

TEST_CASE("clients that read a tenth lose nothing under catch-up, and who drops for them says so") {
    scratch_folder folder;
    auto const file = folder.path / "result.json";
    auto const result =
        run({"slow", "--clients", "40", "--slow-share", "0.1", "--slow-rate", "0.1", "--messages",
             "60", "--size", "10000", "--warm-up", "0", "--overflow",
             "disconnect,drop-oldest,catch-up", "--rounds", "1", "--json", file.string()});
    INFO(result.output);
    REQUIRE(result.status == 0);
    auto const found = read_json(file);
    auto const median = [&](std::string_view name, std::size_t row) {
        return figure(found, name).at("values").at(row).at("median").to_number<double>();
    };
    CHECK(median("slow ones: cut off", 0) == 4);
    CHECK(median("slow ones: events lost", 1) > 0);
    CHECK(median("slow ones: events lost silently", 1) == 0);
    CHECK(median("slow ones: gaps announced", 1) > 0);
    for (auto const* none : {"events lost", "gaps announced", "cut off"})
        CHECK(median(std::string{"slow ones: "} + none, 2) == 0);
    CHECK(figure(found, "clients cut off").at("values").at(3).at("contestant") ==
          "fibercast, catch-up");
}

TEST_CASE("several servers and drivers are one fleet") {
    scratch_folder folder;
    auto const file = folder.path / "result.json";
    auto const result =
        run({"scale", "--clients", "50", "--processes", "3", "--messages", "2", "--settle", "10ms",
             "--first-port", std::to_string(20'000 + ::getpid() % 4'000 * 3), "--rounds", "1",
             "--json", file.string()});
    INFO(result.output);
    REQUIRE(result.status == 0);
    auto const found = read_json(file);
    auto const& clients = figure(found, "clients connected at once").at("values").as_array();
    CHECK(clients.at(0).at("median").to_number<double>() == 50);
}

TEST_CASE("fibers are counted without sockets") {
    scratch_folder folder;
    auto const file = folder.path / "result.json";
    // ThreadSanitizer counts a fiber as a thread, and takes long for each
    auto const* const many = under_thread_sanitizer ? "200" : "2000";
    auto const result = run({"fibers", "--fibers", many, "--rounds", "1", "--json", file.string()});
    INFO(result.output);
    REQUIRE(result.status == 0);
    auto const found = read_json(file);
    for (auto const* name : {"spawned again", "woken", "woken in random order", "ended",
                             "ended in random order", "woken in random order, all cores"}) {
        INFO(name);
        CHECK(figure(found, name).at("values").at(0).at("median").to_number<double>() > 0);
    }
}

TEST_CASE("a comparison writes its tables and figures, and names who is missing") {
    scratch_folder folder;
    auto const peers = folder.path / "peers";
    fs::create_directories(peers / "absent");
    std::ofstream{peers / "absent/peer"}
        << "#!/bin/sh\necho 'absent is not installed' >&2\nexit 1\n";
    fs::permissions(peers / "absent/peer", fs::perms::owner_all);
    auto const output = folder.path / "results";
    auto const result =
        run({"compare", "--questions", "fanout,workers", "--clients", "30", "--rounds", "1",
             "--peers", peers.string(), "--output", output.string()});
    INFO(result.output);
    REQUIRE(result.status == 0);
    CHECK_THAT(result.output, ContainsSubstring("absent: absent is not installed"));
    std::ifstream readme{output / "README.md"};
    std::string const text{std::istreambuf_iterator<char>{readme}, {}};
    CHECK_THAT(text, ContainsSubstring("Skipped: absent: absent is not installed"));
    CHECK_THAT(text, ContainsSubstring("## fanout") && ContainsSubstring("| CPU per event | us |"));
    CHECK_THAT(text, ContainsSubstring("floor-gathered") && ContainsSubstring("2 workers"));
    CHECK(read_json(output / "results.json").at("questions").as_array().size() == 2);
}

TEST_CASE("a server that cannot be run is told of, and the others still are measured") {
    auto const result = run({"fanout", "--server", "gone=/nowhere/server {port}", "--server",
                             "floor", "--clients", "5", "--messages", "2", "--rounds", "2"});
    INFO(result.output);
    CHECK(result.status == 1);
    CHECK_THAT(result.output, ContainsSubstring("FAILED: gone: never listened") &&
                                  ContainsSubstring("No such file or directory") &&
                                  ContainsSubstring("CPU per event"));
}

TEST_CASE("wrong command lines are refused before anything is measured") {
    for (auto const& words :
         std::vector<std::vector<std::string>>{{"fanout", "--json", "/nowhere/result.json"},
                                               {"fanout", "--clients", "0"},
                                               {"fanout", "--url", "nonsense", "--rounds", "1"},
                                               {"compare", "--questions", "everything"},
                                               {"guess"},
                                               {}}) {
        auto const result = run(words);
        INFO(result.output);
        CHECK(result.status != 0);
        CHECK_FALSE(result.output.empty());
    }
}

TEST_CASE("Ctrl-C ends a measurement with what there is") {
    bench::child_process program{
        {BENCH_PROGRAM, "fanout", "--clients", "20", "--messages", "2", "--rounds", "1000000"}, {}};
    bench::line_reader progress{program.output()};
    auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (auto const line = progress.next(limit)) {
        if (line->starts_with("fanout, round 3 of")) break;
    }
    ::kill(program.pid(), SIGINT);
    while (progress.next(limit)) {
    }
    CHECK(program.stop() == "ended with status 130");
}
