#include "support/catch.hpp"
#include "support/curl.hpp"
#include "support/failure.hpp"
#include "support/temporary_folder.hpp"
#include "support/text_file.hpp"
#include "support/without_ids.hpp"
#include "tutorial/tutorial_program.hpp"

#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

// Step 9, behind an nginx that is configured as docs/tutorial.md has it, but for its ports and
// files.

namespace {

constexpr auto program_of_nginx = "/usr/sbin/nginx";

void replace(std::string& text, std::string const& what, std::string const& by) {
    auto const at = text.find(what);
    if (at == text.npos) throw failure("nginx.conf has no " + what);
    text.replace(at, what.size(), by);
}

/// One that passes on to a port, with all its files in a folder of its own. It listens below the
/// ports that the system gives away, on one that only this process thinks of.
class nginx {
public:
    explicit nginx(std::uint16_t to) : process_(words(to)) { listening_port(process_.pid()); }

    std::string url(std::string const& path) const { return "http://" + address_ + path; }

private:
    std::vector<std::string> words(std::uint16_t to) {
        if (!std::filesystem::exists(program_of_nginx))
            throw failure("SKIPPED: nginx is not installed");
        auto configuration = text_file("tutorial/nginx.conf");
        replace(configuration, "listen 80;", "listen " + address_ + ";");
        replace(configuration, "127.0.0.1:8080", "127.0.0.1:" + std::to_string(to));
        std::string files = "http { access_log off;";
        for (std::string const each : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
            files += " " + each + "_temp_path " + each + ";";
        replace(configuration, "http {", files);
        auto const file = folder_.path() / "nginx.conf";
        std::ofstream(file) << "daemon off; master_process off; pid nginx.pid;\n" << configuration;
        return {program_of_nginx, "-p", folder_.path().string(), "-c", file.string(), "-e",
                "stderr"};
    }

    std::string address_ = "127.0.0.1:" + std::to_string(10'000 + ::getpid() % 20'000);
    temporary_folder folder_;
    child_process process_;
};

}  // namespace

TEST_CASE("step 9: behind nginx events come at once, and a log has each visitor's own address") {
    tutorial_program program(9);
    nginx proxy(program.port());
    curl_stream ann(proxy.url("/events?room=tea&name=ann"), {"-H", "X-Forwarded-For: 192.0.2.7"});
    CHECK_THAT(fetch(proxy.url("/rooms/tea/say"), {"-i", "-d", "name=ann&text=Hello"}),
               StartsWith("HTTP/1.1 204 "));
    CHECK(without_ids(ann.output().until("\n\n")) == "data: ann: Hello\n\n");
    CHECK(program.interrupt(SIGTERM) == 0);
    CHECK(ann.wait() == curl_unfinished);
    CHECK_THAT(program.errors().until_end(), ContainsSubstring("192.0.2.7 GET '/events?"));
}
