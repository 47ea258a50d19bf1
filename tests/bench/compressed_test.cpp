// The question `compressed`, with few clients: that it is answered, and not what is measured.
#include "bench/bench_program.hpp"

#include "contest/known_servers.hpp"
#include "process/command_output.hpp"

#include "support/catch.hpp"

using namespace bench_program;

namespace {

std::vector<std::string> few_clients_of(std::string const& server) {
    return {"compressed", "--server", server,   "--clients", "60",
            "--messages", "4",        "--rate", "100"};
}

std::vector<std::string> contestants_of(boost::json::object const& figure) {
    std::vector<std::string> all;
    for (auto const& each : figure.at("values").as_array())
        all.emplace_back(each.at("contestant").as_string());
    return all;
}

double median(boost::json::object const& figure, std::size_t row) {
    return figure.at("values").at(row).at("median").to_number<double>();
}

/// The first of the contestants is not compressed, the others are.
void check_answers(std::string const& server, std::vector<std::string> const& contestants) {
    scratch_folder folder;
    auto const file = folder.path / "result.json";
    auto const result = run(quickly(few_clients_of(server), file));
    INFO(result.output);
    REQUIRE(result.status == 0);
    CHECK_THAT(result.output, ContainsSubstring("none lost, all in order"));
    auto const found = read_json(file);
    for (std::string const kind : {"", ", all new"}) {
        auto const& wire = figure(found, "wire bytes per event" + kind);
        CHECK(contestants_of(wire) == contestants);
        CHECK(median(wire, 0) > 10'000);
        CHECK(median(figure(found, "compression ratio" + kind), 0) == Approx(1).margin(0.05));
        for (std::size_t i = 1; i < contestants.size(); ++i)
            CHECK(median(wire, i) < median(wire, 0) / 2);
        CHECK(median(figure(found, "CPU per event" + kind), 0) > 0);
    }
    // 4 and 5 before them, of both kinds; heartbeats count as well, if it takes so long
    CHECK(median(figure(found, "server's count per client"), 0) >= 18);
}

/// A peer that is not installed is skipped with a word.
void check_peer(std::string const& name, std::vector<std::string> const& contestants) {
    auto const script = (bench::default_peers_folder() / name / "peer").string();
    if (auto const about = bench::run_command({script, "about"}); about.status != 0) {
        CHECK_THAT(about.output, ContainsSubstring("is not installed"));
        WARN("skipped: " << about.output);
        return;
    }
    check_answers(name, contestants);
}

}  // namespace

TEST_CASE("what compressing costs is asked of ours, compressed and not") {
    check_answers("fibercast", {"fibercast, uncompressed", "fibercast, gzip", "fibercast, br",
                                "fibercast, zstd"});
}

TEST_CASE("what compressing costs is asked of Go, at two levels, where it is installed") {
    check_peer("go", {"go, uncompressed", "go, gzip level 6", "go, gzip level 1"});
}

TEST_CASE("what compressing costs is asked of Node, by gzip and brotli, where it is installed") {
    check_peer("node", {"node, uncompressed", "node, gzip level 6", "node, br quality 5, 256 KiB"});
}
