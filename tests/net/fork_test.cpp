#include "support/eventually.hpp"
#include "support/with_workers.hpp"

#include <fibercast/net/detail/descriptor.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <new>

using fibercast::descriptor;
using fibercast::worker;

namespace {

/// Takes the place of a descriptor that is gone, and notices when it is told what was for that.
struct successor final : fibercast::ready_listener {
    void on_ready(std::uint32_t) noexcept override { told = true; }
    bool told = false;
};

/// A child of this process that has all its descriptors open, as every program has between its fork
/// and its exec.
class child_before_exec {
public:
    child_before_exec() : id_(::fork()) {
        if (id_ == 0) {
            for (;;) ::pause();
        }
    }
    ~child_before_exec() {
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
    }

private:
    pid_t const id_;
};

}  // namespace

TEST_CASE_METHOD(with_workers,
                 "nobody is told of a closed descriptor that a child has still open") {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
    static_assert(sizeof(successor) <= sizeof(descriptor));
    alignas(descriptor) std::byte place[sizeof(descriptor)];
    auto* const closed = on_worker(0, [&] { return new (place) descriptor(ends[0]); });
    child_before_exec const child;
    on_worker(0, [&] {
        std::destroy_at(closed);
        auto* const next = new (place) successor;
        CHECK(::write(ends[1], "x", 1) == 1);  // to the child's end, which is open
        // The event loop has looked at the epoll set by the time a later event has come.
        int later[2];
        REQUIRE(::pipe2(later, O_NONBLOCK | O_CLOEXEC) == 0);
        {
            descriptor other(later[0]);
            CHECK(::write(later[1], "x", 1) == 1);
            CHECK_FALSE(other.wait(fibercast::after(std::chrono::seconds(30))));
        }
        ::close(later[1]);
        CHECK_FALSE(next->told);
        std::destroy_at(next);
    });
    ::close(ends[1]);
}
