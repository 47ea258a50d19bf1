#include "app/process/log_file.hpp"

#include "app/process/process_log.hpp"
#include "support/catch.hpp"
#include "support/open_descriptors.hpp"
#include "support/temporary_folder.hpp"
#include "support/text_file.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <system_error>

using namespace fibercast::app;

namespace {

void append(log_file const& to, std::string const& text) {
    CHECK(::write(to.native_handle(), text.data(), text.size()) ==
          static_cast<ssize_t>(text.size()));
}

}  // namespace

TEST_CASE("a log file is appended to, also after it was opened again") {
    auto const before = open_descriptors();
    {
        temporary_folder const folder;
        auto const path = (folder.path() / "log").string();
        for (auto const* text : {"one\n", "two\n"}) {
            log_file const file(path);
            append(file, text);
        }
        log_file file(path);
        file.reopen();
        append(file, "three\n");
        CHECK(text_file(path) == "one\ntwo\nthree\n");
    }
    CHECK(open_descriptors() == before);
}

TEST_CASE("a log file that was moved away is a new one once it was opened again") {
    temporary_folder const folder;
    auto const path = (folder.path() / "log").string();
    auto const old = path + ".1";
    log_file file(path);
    int const descriptor = file.native_handle();
    append(file, "one\n");
    std::filesystem::rename(path, old);
    append(file, "two\n");
    file.reopen();
    append(file, "three\n");
    CHECK(file.native_handle() == descriptor);
    CHECK(text_file(old) == "one\ntwo\n");
    CHECK(text_file(path) == "three\n");
}

TEST_CASE("a log file that was copied and emptied begins anew, without a hole") {
    temporary_folder const folder;
    auto const path = (folder.path() / "log").string();
    log_file const file(path);
    append(file, "one\n");
    std::filesystem::resize_file(path, 0);
    append(file, "two\n");
    CHECK(text_file(path) == "two\n");
}

TEST_CASE("a log file is not everybody's to read, and no child's") {
    temporary_folder const folder;
    auto const path = (folder.path() / "log").string();
    log_file file(path);
    for (int i = 0; i < 2; ++i) {
        CHECK((::fcntl(file.native_handle(), F_GETFD) & FD_CLOEXEC) != 0);
        file.reopen();
    }
    struct stat about {};
    REQUIRE(::stat(path.c_str(), &about) == 0);
    CHECK((about.st_mode & 0137) == 0);
}

TEST_CASE("a log file that cannot be opened is said, and what was open goes on") {
    auto const before = open_descriptors();
    {
        temporary_folder const folder;
        auto const path = (folder.path() / "log").string();
        CHECK_THROWS_WITH(log_file(folder.path().string()),
                          "the log file " + folder.path().string() + ": Is a directory");
        CHECK_THROWS_AS(log_file(path + "/log"), std::system_error);
        log_file file(path);
        std::filesystem::rename(path, path + ".1");
        std::filesystem::create_directory(path);
        CHECK_THROWS_AS(file.reopen(), std::system_error);
        append(file, "still here\n");
        CHECK(text_file(path + ".1") == "still here\n");
    }
    CHECK(open_descriptors() == before);
}

TEST_CASE("a pipe that nobody reads is no log file, and nobody waits for it") {
    temporary_folder const folder;
    auto const path = (folder.path() / "log").string();
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    CHECK_THROWS_AS(log_file(path), std::system_error);
}

TEST_CASE("what is logged goes to the file, without colours, from the level of now on") {
    temporary_folder const folder;
    auto const path = (folder.path() / "log").string();
    auto const before = open_descriptors();
    {
        process_log log(spdlog::level::warn, log_format::text, path);
        CHECK(log.in_file());
        log.write("listening\n");
        fibercast::log().info("not this");
        log.set_level(spdlog::level::info);
        fibercast::log().info("but this");
        CHECK(log.flush(fibercast::never));
        std::filesystem::rename(path, path + ".1");
        log.reopen();
        fibercast::log().warn("and this");
    }
    CHECK_THAT(text_file(path + ".1"), Matches("listening\n[-0-9:. ]* info but this\n"));
    CHECK_THAT(text_file(path), Matches("[-0-9:. ]* warning and this\n"));
    CHECK(open_descriptors() == before);
}
