#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"
#include "support/text_file.hpp"

#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

bool has_systemd_analyze() { return std::filesystem::exists("/usr/bin/systemd-analyze"); }

/// The units as one would install them, for the program under test.
struct installed_units {
    temporary_folder const folder;
    std::string const service = (folder.path() / "fibercast.service").string();
    std::string const socket = (folder.path() / "fibercast.socket").string();

    installed_units() {
        auto text = text_file("../docs/fibercast.service");
        std::string const usual = "/usr/local/bin/fibercast";
        auto const at = text.find(usual);
        REQUIRE(at != text.npos);
        std::ofstream(service) << text.replace(at, usual.size(), FIBERCAST_PROGRAM);
        std::ofstream(socket) << text_file("../docs/fibercast.socket");
    }
};

struct verdict {
    int status;
    std::string text;
};

verdict analyzed(std::vector<std::string> words) {
    words.insert(words.begin(), "systemd-analyze");
    child_process tool(words, input_kind::nothing);
    auto said = tool.output().until_end() + tool.errors().until_end();
    return {tool.wait(), said};
}

}  // namespace

TEST_CASE("systemd finds nothing wrong with the units") {
    if (!has_systemd_analyze()) {
        WARN("SKIPPED: this machine has no systemd-analyze");
        return;
    }
    installed_units const units;
    auto const found = analyzed({"verify", "--man=no", units.socket, units.service});
    // It looks at what the units need of the machine, too.
    CHECK_THAT(found.text, !ContainsSubstring(units.folder.path().string()));
    CHECK(found.status == 0);
}

TEST_CASE("the service has few rights, by systemd's own count") {
    if (!has_systemd_analyze()) {
        WARN("SKIPPED: this machine has no systemd-analyze");
        return;
    }
    installed_units const units;
    auto const found = analyzed({"security", "--offline=true", "--threshold=20", units.service});
    if (found.text.find("--threshold") != std::string::npos) {
        WARN("SKIPPED: this systemd-analyze cannot look at files");
        return;
    }
    INFO(found.text);
    CHECK(found.status == 0);
}
