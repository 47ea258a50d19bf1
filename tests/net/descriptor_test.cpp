#include "support/eventually.hpp"
#include "support/with_workers.hpp"

#include <fibercast/net/detail/descriptor.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <optional>

using fibercast::descriptor;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

class with_pipe : protected with_workers {
protected:
    with_pipe() {
        int ends[2];
        REQUIRE(::pipe2(ends, O_NONBLOCK | O_CLOEXEC) == 0);
        write_end = ends[1];
        on_worker(0, [&] { read_end.emplace(ends[0]); });
    }
    ~with_pipe() {
        on_worker(0, [&] { read_end.reset(); });
        ::close(write_end);
    }

    int write_end = -1;
    std::optional<descriptor> read_end;
};

}  // namespace

TEST_CASE_METHOD(with_pipe, "a wait ends when the descriptor becomes ready") {
    on_worker(0, [&] {
        char byte = 0;
        while (::read(read_end->native_handle(), &byte, 1) < 0) {
            worker::current()->post([&] { CHECK(::write(write_end, "x", 1) == 1); });
            CHECK_FALSE(read_end->wait(fibercast::after(30s)));
        }
        CHECK(byte == 'x');
    });
}

TEST_CASE_METHOD(with_pipe, "a wait ends at its deadline") {
    on_worker(0, [&] { CHECK(read_end->wait(fibercast::after(2ms)) == std::errc::timed_out); });
}

TEST_CASE_METHOD(with_pipe, "closing a descriptor ends a wait and all later ones") {
    on_worker(0, [&] {
        std::error_code error;
        fibercast::fiber_group fibers(worker::current()->stacks());
        fibers.spawn([&] { error = read_end->wait(); });
        CHECK(eventually([&] { return read_end->waiting(); }));
        read_end->close();
        read_end->close();
        CHECK(read_end->native_handle() < 0);
        fibers.join();
        CHECK(error == std::errc::operation_canceled);
        CHECK(read_end->wait() == std::errc::operation_canceled);
    });
}

TEST_CASE_METHOD(with_workers,
                 "a descriptor that cannot be watched says so when it is waited for") {
    on_worker(0, [] {
        descriptor file(::open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC));
        CHECK(file.native_handle() >= 0);
        CHECK(file.wait() == std::errc::operation_not_permitted);
    });
}
