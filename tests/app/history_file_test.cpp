#include "app/repl/history_file.hpp"

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

using namespace fibercast::app;
namespace {

using lines = std::vector<std::string>;

mode_t mode_of(std::filesystem::path const& path) {
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    return found.st_mode & 07777;
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
    std::ifstream shortened(file.path());
    CHECK(std::count(std::istreambuf_iterator<char>(shortened), {}, '\n') ==
          static_cast<long>(history_file::lines_kept));
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
