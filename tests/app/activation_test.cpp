#include "app/process/activation.hpp"

#include "support/catch.hpp"
#include "support/failure.hpp"
#include "support/open_descriptors.hpp"
#include "support/unique_fd.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <vector>

using fibercast::app::activation;

namespace {

/// Higher than what this process has open.
constexpr int first = 200;

void open_so_many(int count) {
    unique_fd const any(checked(::open("/dev/null", O_RDONLY | O_CLOEXEC), "/dev/null"));
    for (int i = 0; i < count; ++i) checked(::dup2(any.get(), first + i), "dup2");
}

std::string const own = std::to_string(::getpid());

std::string complaint(std::string const& count, std::string const& names) {
    try {
        activation const given(own, count, names, first);
    } catch (std::invalid_argument const& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("sockets that nobody has named are for clients, and none is for operators") {
    // systemd names sockets after their unit
    auto const names = GENERATE(as<std::string>(), "", "fibercast.socket:fibercast.socket",
                                "unknown:unknown", ":");
    open_so_many(2);
    activation const given(own, "2", names, first);
    CHECK(given.for_clients() == std::vector{first, first + 1});
    CHECK(given.for_operators().empty());
}

TEST_CASE("sockets with names are for what these say") {
    open_so_many(3);
    activation const given(own, "3", "admin:public:fibercast.socket", first);
    CHECK(given.for_clients() == std::vector{first + 1, first + 2});
    CHECK(given.for_operators() == std::vector{first});
}

TEST_CASE("sockets are closed once, and no child inherits them") {
    auto const before = open_descriptors();
    open_so_many(2);
    {
        activation given(own, "2", "", first);
        CHECK(::fcntl(first, F_GETFD) == FD_CLOEXEC);
        CHECK(::fcntl(first + 1, F_GETFD) == FD_CLOEXEC);
        given.close();
        CHECK(open_descriptors() == before);
        open_so_many(1);  // somebody else's
    }
    CHECK(open_descriptors() == before + 1);
    ::close(first);
}

TEST_CASE("what another process was given is left alone") {
    open_so_many(1);
    for (auto const& process : {std::to_string(::getppid()), std::string(), own + "x"}) {
        activation const given(process, "1", "", first);
        CHECK(given.for_clients().empty());
    }
    CHECK(::fcntl(first, F_GETFD) >= 0);
    ::close(first);
    for (auto const* const none : {"0", ""})
        CHECK(activation(own, none, "", first).for_clients().empty());
}

TEST_CASE("a socket of which it is not clear what it is for is said") {
    open_so_many(2);
    for (auto const* const names : {"public:web", "unknown:web"})
        CHECK(complaint("2", names) == "a socket's name is 'web', and neither public nor admin");
    CHECK(complaint("2", "public") == "LISTEN_FDNAMES has 1 names for 2 sockets");
    CHECK(complaint("1", "public:") == "LISTEN_FDNAMES has 2 names for 1 sockets");
    CHECK(complaint("two", "") == "LISTEN_FDS is 'two'");
    CHECK(complaint("-1", "") == "LISTEN_FDS is '-1'");
    ::close(first + 1);
    CHECK_THROWS_WITH(activation(own, "2", "", first),
                      "LISTEN_FDS is 2, descriptor 201: " + std::string("Bad file descriptor"));
    ::close(first);
}
