#include "app/reload.hpp"

#include "support/catch.hpp"
#include "support/datagram_socket.hpp"
#include "support/temporary_folder.hpp"
#include "support/text_file.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <filesystem>
#include <stdexcept>
#include <string>

using namespace fibercast::app;

namespace {

/// A log in a file, and a manager that has heard that the service is up.
struct running_service {
    temporary_folder const folder;
    std::string const path = (folder.path() / "log").string();
    datagram_socket heard;
    service_manager manager{heard.address()};
    process_log log{spdlog::level::info, log_format::text, path};
    fibercast::key_ring keys{std::vector<fibercast::key_file>()};

    running_service() {
        manager.ready("");
        heard.receive();
    }

    void reload(std::function<parsed_options()> const& read_again) {
        fibercast::app::reload(log, manager, keys, read_again);
        CHECK(log.flush(fibercast::never));
        CHECK_THAT(heard.receive(), StartsWith("RELOADING=1\n"));
        CHECK(heard.receive() == "READY=1\n");
    }
};

parsed_options with_level(spdlog::level::level_enum level) {
    options all;
    all.log_level = level;
    return all;
}

}  // namespace

TEST_CASE("a reload takes over the log level, and begins a new log file") {
    running_service service;
    std::filesystem::rename(service.path, service.path + ".1");
    service.reload([] { return with_level(spdlog::level::debug); });
    CHECK(fibercast::log().level() == spdlog::level::debug);
    CHECK_THAT(text_file(service.path),
               Matches("[^\n]* reload: the log file was opened again\n"
                       "[^\n]* reload: the configuration was read again, for log-level alone\n"));
    CHECK(text_file(service.path + ".1").empty());
}

TEST_CASE("a configuration that is wrong changes nothing, and is said") {
    running_service service;
    service.reload([] { return early_end{2, "fibercast: a: b (see --help)\n", "a: b"}; });
    CHECK(fibercast::log().level() == spdlog::level::info);
    CHECK_THAT(text_file(service.path),
               EndsWith(" error reload: the configuration stays as it was: a: b\n"));
}

TEST_CASE("when one step of a reload fails, the others are made") {
    running_service service;
    std::filesystem::rename(service.path, service.path + ".1");
    std::filesystem::create_directory(service.path);
    service.reload([] { return with_level(spdlog::level::trace); });
    CHECK(fibercast::log().level() == spdlog::level::trace);
    CHECK_THAT(
        text_file(service.path + ".1"),
        ContainsSubstring(" error reload: the log file " + service.path + ": Is a directory\n"));
    service.reload([]() -> parsed_options { throw std::runtime_error("no memory"); });
    CHECK_THAT(text_file(service.path + ".1"), EndsWith(" error reload: no memory\n"));
}
