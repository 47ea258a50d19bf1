#include "contest/known_servers.hpp"

#include "process/command_output.hpp"
#include "process/failure.hpp"

#include <algorithm>
#include <sstream>

namespace bench {
namespace {

namespace fs = std::filesystem;

fs::path own_folder() { return fs::read_symlink("/proc/self/exe").parent_path(); }

/// A program beside this one, or in the folder above; as a word of a command line.
std::string sibling(std::string const& program) {
    for (auto const& place : {own_folder() / program, own_folder().parent_path() / program}) {
        if (fs::exists(place)) return '"' + place.string() + '"';
    }
    return '"' + (own_folder() / program).string() + '"';
}

std::string first_line_of(std::string const& text) { return text.substr(0, text.find('\n')); }

std::vector<compression> our_compressions() {
    std::vector<compression> all;
    for (auto const* coding : {"gzip", "br", "zstd"})
        all.push_back({.coding = coding, .option = " --compression br,zstd,gzip"});
    return all;
}

contestant ours() {
    auto const server = sibling("fibercast");
    auto const version = run_command({server.substr(1, server.size() - 2), "--version"});
    return {.name = "fibercast",
            .version = first_line_of(version.output),
            .command = server + " --port {port} --workers 1 --admin off",
            .topic_publish = "http://127.0.0.1:{admin}/publish",
            .replays = true,
            .crowd_command = sibling("fiber-crowd"),
            .compressions = our_compressions(),
            .deliveries_page = "http://127.0.0.1:{admin}/metrics",
            .deliveries_metric = "fibercast_deliveries_total"};
}

/// What its compact fibers cost: no server.
contestant ours_compact() {
    auto who = ours();
    return {.name = "fibercast-compact",
            .version = who.version,
            .crowd_command = who.crowd_command + " --compact"};
}

contestant floor_server(std::string const& name, std::string const& option) {
    return {.name = name,
            .version = "C, epoll",
            .command = sibling("floor-server") + " --port {port}" + option};
}

/// The value after `key` among the lines that `peer about` prints; empty if there is none.
std::string about_value(std::string const& lines, std::string const& key) {
    std::istringstream stream{lines};
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with(key + ' ')) return line.substr(key.size() + 1);
    }
    return {};
}

/// Of lines `compression CODING QUERY NOTE`; a query of `-` is none.
std::vector<compression> compressions_in(std::string const& lines) {
    std::vector<compression> all;
    std::istringstream stream{lines};
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words{line};
        std::string key, coding, query, note;
        words >> key >> coding >> query >> std::ws;
        if (key != "compression") continue;
        std::getline(words, note);
        all.push_back({.coding = coding, .note = note, .query = query == "-" ? "" : query});
    }
    return all;
}

contestant peer(fs::path const& folder) {
    auto const name = folder.filename().string();
    auto const script = (folder / "peer").string();
    auto const about = run_command({script, "about"});
    if (about.status != 0) throw failure{first_line_of(about.output)};
    auto const built = (own_folder() / "peers" / name).string();
    fs::create_directories(built);
    auto const build = run_command({script, "build", built});
    if (build.status != 0) throw failure{"does not build:\n" + build.output};
    contestant who{.name = name,
                   .version = about_value(about.output, "version"),
                   .publish = about_value(about.output, "publish"),
                   .compressions = compressions_in(about.output),
                   .deliveries_metric = "deliveries_total"};
    if (auto const path = about_value(about.output, "counts"); !path.empty())
        who.deliveries_page = "http://127.0.0.1:{port}" + path;
    if (auto const path = about_value(about.output, "topics"); !path.empty())
        who.topic_url = "http://127.0.0.1:{port}" + path;
    who.topic_publish = about_value(about.output, "publish-topic");
    auto const offers = about_value(about.output, "offers");
    who.replays = offers.find("replay") != std::string::npos;
    if (offers.find("serve") != std::string::npos)
        who.command = fmt::format("\"{}\" serve \"{}\" {{port}}", script, built);
    if (offers.find("crowd") != std::string::npos)
        who.crowd_command = fmt::format("\"{}\" crowd \"{}\"", script, built);
    return who;
}

}  // namespace

fs::path default_peers_folder() { return FIBERCAST_BENCH_SOURCE "/peers"; }

contestant known_server(std::string const& server, fs::path const& peers) {
    if (server == "fibercast") return ours();
    if (server == "fibercast-compact") return ours_compact();
    if (server == "floor") return floor_server(server, "");
    if (server == "floor-gathered") return floor_server(server, " --gather");
    if (server.find_first_of(" /=") == std::string::npos && fs::exists(peers / server / "peer")) {
        try {
            return peer(peers / server);
        } catch (failure const& error) {
            throw failure{fmt::format("{} cannot run here: {}", server, error.what())};
        }
    }
    auto const equals = server.find('=');
    if (equals < server.find_first_of(" /\""))
        return {.name = server.substr(0, equals), .command = server.substr(equals + 1)};
    auto const program = fs::path{server.substr(0, server.find(' '))};
    return {.name = program.filename().string(), .command = server};
}

peers_found find_peers(fs::path const& peers) {
    std::vector<fs::path> folders;
    for (auto const& entry : fs::directory_iterator{peers}) {
        if (fs::exists(entry.path() / "peer")) folders.push_back(entry.path());
    }
    std::ranges::sort(folders);
    peers_found found;
    for (auto const& folder : folders) {
        try {
            found.ready.push_back(peer(folder));
        } catch (failure const& error) {
            found.skipped.push_back(
                fmt::format("{}: {}", folder.filename().string(), error.what()));
        }
    }
    return found;
}

}  // namespace bench
