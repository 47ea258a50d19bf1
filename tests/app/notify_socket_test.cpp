#include "app/process/notify_socket.hpp"

#include "support/catch.hpp"
#include "support/datagram_socket.hpp"
#include "support/open_descriptors.hpp"
#include "support/temporary_folder.hpp"

#include <cerrno>
#include <optional>
#include <stdexcept>
#include <string>

using fibercast::app::notify_socket;

TEST_CASE("datagrams reach a service manager at a path, and at an abstract name") {
    auto const before = open_descriptors();
    {
        temporary_folder const folder;
        datagram_socket at_path((folder.path() / "notify").string());
        datagram_socket abstract;
        REQUIRE(abstract.address().starts_with('@'));
        for (auto* const manager : {&at_path, &abstract}) {
            notify_socket const socket(manager->address());
            CHECK(socket.send("READY=1\n"));
            CHECK(socket.send("STOPPING=1\n"));
            CHECK(manager->receive() == "READY=1\n");
            CHECK(manager->receive() == "STOPPING=1\n");
        }
    }
    CHECK(open_descriptors() == before);
}

TEST_CASE("a service manager that starts again is reached again") {
    temporary_folder const folder;
    auto const path = (folder.path() / "notify").string();
    notify_socket const socket(path);
    CHECK_FALSE(socket.send("1"));
    CHECK(errno == ENOENT);
    for (auto const* text : {"2", "3"}) {
        datagram_socket manager(path);
        CHECK(socket.send(text));
        CHECK(manager.receive() == text);
        std::filesystem::remove(path);
    }
}

TEST_CASE("without a service manager nothing is sent, and no descriptor is taken") {
    auto const before = open_descriptors();
    notify_socket const socket("");
    CHECK(socket.send("READY=1\n"));
    CHECK(open_descriptors() == before);
}

TEST_CASE("what is no address of a service manager is said") {
    auto const before = open_descriptors();
    CHECK_THROWS_WITH(notify_socket("vsock:2:1234"),
                      "NOTIFY_SOCKET is 'vsock:2:1234', and neither a path nor an abstract name");
    CHECK_THROWS_AS(notify_socket("/" + std::string(107, 'x')), std::invalid_argument);
    CHECK(open_descriptors() == before);
}
