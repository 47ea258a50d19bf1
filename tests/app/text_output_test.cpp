#include "app/process/text_output.hpp"

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"
#include "support/text_file.hpp"
#include "support/unique_fd.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <string>

using namespace fibercast;
using namespace fibercast::app;
using namespace std::chrono_literals;
namespace {

struct pipe_ends {
    int read;
    int write;

    pipe_ends() {
        ::signal(SIGPIPE, SIG_IGN);  // as in the program
        std::array<int, 2> ends{};
        REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
        read = ends[0];
        write = ends[1];
    }
    ~pipe_ends() {
        close_reader();
        ::close(write);
    }
    pipe_ends(pipe_ends const&) = delete;
    pipe_ends& operator=(pipe_ends const&) = delete;

    void close_reader() {
        if (read >= 0) ::close(read);
        read = -1;
    }

    /// Reads until what was read ends with `end`.
    std::string until(std::string const& end) const {
        std::string text;
        std::array<char, 4'096> piece{};
        while (!text.ends_with(end)) {
            auto const count = ::read(read, piece.data(), piece.size());
            REQUIRE(count > 0);
            text.append(piece.data(), static_cast<std::size_t>(count));
        }
        return text;
    }
};

std::string note(std::uint64_t texts) { return "(" + std::to_string(texts) + " missing)\n"; }

/// More than any pipe holds: the writing thread waits in the middle of it.
std::string const long_text(2'000'000, 'x');

}  // namespace

TEST_CASE("texts come out as they were written") {
    pipe_ends pipe;
    text_output output(pipe.write, 1'000, note);
    output.write("one ");
    output.write("");
    output.write("two\n");
    CHECK(pipe.until("\n") == "one two\n");
    CHECK(output.flush(never));
    CHECK(output.dropped() == 0);
}

TEST_CASE("a text longer than the capacity has room when nothing else waits") {
    pipe_ends pipe;
    text_output output(pipe.write, 10, note);
    output.write(long_text + "\n");
    CHECK(pipe.until("\n") == long_text + "\n");
}

TEST_CASE("what has no room is dropped, counted, and noted in its place") {
    pipe_ends pipe;
    text_output output(pipe.write, 10, note);
    output.write(long_text + "\n");
    CHECK_FALSE(output.flush(after(1ms)));  // by now it may have been taken or not
    std::size_t kept = 0;
    for (int i = 0; i < 100; ++i) {
        output.write("12345678\n");  // the capacity is one of them
        kept = static_cast<std::size_t>(i + 1) - output.dropped();
    }
    CHECK(kept <= 1);
    auto const dropped = output.dropped();
    auto const text = pipe.until(" missing)\n");
    CHECK(text == long_text + "\n" + (kept == 1 ? "12345678\n" : "") + note(dropped));
    output.write("again\n");
    CHECK(pipe.until("again\n") == "again\n");
    CHECK(output.dropped() == dropped);
}

TEST_CASE("what a reader that is gone does not take is counted") {
    pipe_ends pipe;
    text_output output(pipe.write, 1'000, note);
    pipe.close_reader();
    output.write("one\n");
    CHECK(output.flush(never));
    output.write("two\n");
    CHECK(output.flush(never));
    CHECK(output.dropped() == 2);
}

TEST_CASE("a full disk that has room again is told first how much is missing") {
    for (bool const here : {false, true}) {
        int const full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
        REQUIRE(full >= 0);
        pipe_ends pipe;
        text_output output(full, 1'000, note);
        auto const write = [&](char const* text) {
            here ? output.write_here(text) : output.write(text);
            CHECK(output.flush(never));
        };
        write("one\n");
        write("two\n");
        REQUIRE(::dup2(pipe.write, full) == full);  // now there is room
        write("three\n");
        write("four\n");
        CHECK(pipe.until("four\n") == "(2 missing)\nthree\nfour\n");
        CHECK(output.dropped() == 2);
        ::close(full);
    }
}

TEST_CASE("a text of which a full disk took a part does not spoil the note behind it") {
    ::signal(SIGXFSZ, SIG_IGN);
    for (bool const here : {false, true}) {
        temporary_folder const folder;
        auto const path = (folder.path() / "text").string();
        unique_fd const file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        text_output output(file.get(), 1'000, note);
        rlimit usual{};
        REQUIRE(::getrlimit(RLIMIT_FSIZE, &usual) == 0);
        rlimit const full{6, usual.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &full);
        here ? output.write_here("one\ntwo\n") : output.write("one\ntwo\n");
        bool const settled = output.flush(never);
        ::setrlimit(RLIMIT_FSIZE, &usual);
        CHECK(settled);
        output.write("three\n");
        CHECK(output.flush(never));
        CHECK(text_file(path) == "one\ntw\n(1 missing)\nthree\n");
    }
}

TEST_CASE("a reader that is stuck does not hold up the end") {
    pipe_ends pipe;
    {
        // a descriptor that stays open: the thread that is left behind may still write to it
        text_output output(::dup(pipe.write), 10, note);
        output.write(long_text);
    }
    // The thread that was left behind ends when it can: this test must not end before it does.
    pipe.close_reader();
    SUCCEED();
}

TEST_CASE("what was written before the end comes out") {
    pipe_ends pipe;
    {
        text_output output(pipe.write, 1'000, note);
        for (int i = 0; i < 10; ++i) output.write("x");
        output.write("\n");
    }
    CHECK(pipe.until("\n") == "xxxxxxxxxx\n");
}
