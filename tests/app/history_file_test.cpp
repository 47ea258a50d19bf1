#include "app/repl/history_file.hpp"

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

using namespace fibercast::app;
namespace {

using lines = std::vector<std::string>;

mode_t mode_of(std::filesystem::path const& path) {
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    return found.st_mode & 07777;
}

std::size_t line_count(std::filesystem::path const& path) {
    std::ifstream file(path);
    return static_cast<std::size_t>(std::count(std::istreambuf_iterator<char>(file), {}, '\n'));
}

}  // namespace

TEST_CASE("commands are remembered in the order in which they came") {
    temporary_folder const folder;
    history_file const file(folder.path() / "a" / "b" / "history");
    CHECK(file.load().empty());
    file.append("count");
    history_file(file.path()).append("broadcast grüße");  // another session
    file.append("quit");
    CHECK(file.load() == lines{"count", "broadcast grüße", "quit"});
}

TEST_CASE("only the owner may read the history") {
    temporary_folder const folder;
    history_file const file(folder.path() / "a" / "b" / "history");
    file.append("count");
    CHECK(mode_of(file.path()) == 0600);
    CHECK(mode_of(folder.path() / "a" / "b") == 0700);
    CHECK(mode_of(folder.path() / "a") == 0700);
}

TEST_CASE("the history does not grow for ever") {
    temporary_folder const folder;
    history_file const file(folder.path() / "history");
    for (int i = 1; i <= 1'200; ++i) file.append(std::to_string(i));
    auto const last = file.load();
    REQUIRE(last.size() == history_file::lines_kept);
    CHECK(last.front() == "701");
    CHECK(last.back() == "1200");
    CHECK(mode_of(file.path()) == 0600);
    CHECK(line_count(file.path()) == history_file::lines_kept);
}

TEST_CASE("sessions that shorten and append at the same time lose nothing and leave nothing") {
    temporary_folder const folder;
    history_file const file(folder.path() / "history");
    for (int round = 0; round < 100; ++round) {
        {
            std::ofstream all(file.path(), std::ios::trunc);
            for (int i = 0; i < 1'100; ++i) all << "old\n";
        }
        auto const session = [&](int number) {
            for (int i = 0; i < 5; ++i) {
                file.load();
                file.append(std::to_string(number * 10 + i));
            }
        };
        std::thread first(session, 1);
        std::thread second(session, 2);
        first.join();
        second.join();
        auto const all = file.load();
        REQUIRE(all.size() == history_file::lines_kept);
        auto last = lines(all.end() - 10, all.end());
        std::sort(last.begin(), last.end());
        REQUIRE(last == lines{"10", "11", "12", "13", "14", "20", "21", "22", "23", "24"});
        REQUIRE_FALSE(std::filesystem::exists(file.path().string() + ".new"));
    }
}

TEST_CASE("what a session left that ended while it shortened the history is no obstacle") {
    temporary_folder const folder;
    history_file const file(folder.path() / "history");
    auto const temporary = file.path().string() + ".new";
    std::ofstream(folder.path() / "elsewhere") << "not ours\n";
    std::filesystem::create_symlink(folder.path() / "elsewhere", temporary);
    for (int i = 1; i <= 1'001; ++i) file.append(std::to_string(i));
    CHECK(file.load().back() == "1001");
    CHECK(line_count(file.path()) == history_file::lines_kept);
    CHECK(line_count(folder.path() / "elsewhere") == 1);
    CHECK_FALSE(std::filesystem::exists(std::filesystem::symlink_status(temporary)));
}

TEST_CASE("a session that is busy with the history does not hold up the others' start") {
    temporary_folder const folder;
    history_file const file(folder.path() / "history");
    for (int i = 1; i <= 1'001; ++i) file.append(std::to_string(i));
    int const busy = ::open(file.path().c_str(), O_RDONLY | O_CLOEXEC);
    REQUIRE(::flock(busy, LOCK_EX) == 0);
    CHECK(file.load().back() == "1001");
    CHECK(line_count(file.path()) == 1'001);
    ::close(busy);
    file.load();
    CHECK(line_count(file.path()) == history_file::lines_kept);
}

TEST_CASE("what is no command is neither kept nor taken for one") {
    temporary_folder const folder;
    history_file const file(folder.path() / "history");
    file.append("");
    file.append("a\nb");
    file.append("\x1b[2J");
    file.append("\xff");
    file.append(std::string(history_file::max_line_bytes + 1, 'x'));
    CHECK(file.load().empty());
    std::ofstream(file.path()) << "good\n\x1b[2J\n\xff\n\nalso good";
    CHECK(file.load() == lines{"good", "also good"});
}

TEST_CASE("a history that cannot be written is no error") {
    temporary_folder const folder;
    history_file const below_a_file(folder.path() / "file" / "history");
    std::ofstream(folder.path() / "file") << "in the way";
    below_a_file.append("count");
    CHECK(below_a_file.load().empty());
    history_file const is_a_folder(folder.path());
    is_a_folder.append("count");
    CHECK(is_a_folder.load().empty());
    history_file const full("/dev/full");
    full.append("count");
    CHECK(full.load().empty());
}

TEST_CASE("the history is where the user's state is") {
    ::setenv("XDG_STATE_HOME", "/state", 1);
    ::setenv("HOME", "/home/someone", 1);
    CHECK(history_file::of_user()->path() == "/state/fibercast/history");
    ::setenv("XDG_STATE_HOME", "relative", 1);
    CHECK(history_file::of_user()->path() == "/home/someone/.local/state/fibercast/history");
    ::unsetenv("XDG_STATE_HOME");
    CHECK(history_file::of_user()->path() == "/home/someone/.local/state/fibercast/history");
    ::unsetenv("HOME");
    CHECK_FALSE(history_file::of_user());
}
