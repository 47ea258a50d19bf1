#include "support/admin_server.hpp"
#include "support/child_process.hpp"
#include "support/curl.hpp"
#include "support/installed.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace end_to_end;

namespace {

std::string const all_codings = "br,zstd,gzip";

std::vector<std::string> accepting(std::string const& coding) {
    return {"--compressed", "-H", "Accept-Encoding: " + coding};
}

}  // namespace

TEST_CASE("curl reads compressed streams, those that came later and came back too") {
    auto const coding = GENERATE("br", "zstd", "gzip");
    admin_server server({"--compression", all_codings});
    curl_stream first(server.url(), accepting(coding));
    fetch(server.admin("/broadcast"), {"-d", "Hello"});
    CHECK_THAT(first.output().until("data: Hello\n\n"), StartsWith("id: #"));
    curl_stream second(server.url(), accepting(coding));
    curl all(server.url("/?last_event_id=earliest"), accepting(coding));
    all.output().until("data: Hello\n\n");
    for (auto const* const text : {"one", "two", "three"}) {
        fetch(server.admin("/broadcast"), {"-d", text});
        auto const event = std::string("data: ") + text + "\n\n";
        for (auto* const each : {static_cast<curl*>(&first), static_cast<curl*>(&second), &all})
            each->output().until(event);
    }
    CHECK(server.execute("kick 1").find("1") != std::string::npos);
    CHECK(first.wait() == curl_unfinished);
}

TEST_CASE("Node reads compressed streams as they come") {
    if (!is_installed("node")) {
        WARN("SKIPPED: no node");
        return;
    }
    auto const coding = GENERATE("br", "gzip");
    admin_server server({"--compression", all_codings});
    child_process node({"node", "-e", R"(
        fetch(process.argv[1], {headers: {'Accept-Encoding': process.argv[2]}}).then(async it => {
            console.log(it.headers.get('content-encoding'));
            for await (const bytes of it.body) process.stdout.write(bytes);
        }).catch(() => {});
    )",
                        server.url(), coding});
    CHECK_THAT(node.output().until("connected\n\n"), StartsWith(std::string(coding) + "\n"));
    for (auto const* const text : {"one", "two", "three"}) {
        fetch(server.admin("/broadcast"), {"-d", text});
        node.output().until(std::string("data: ") + text + "\n\n");
    }
}
