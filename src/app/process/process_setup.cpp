#include "process_setup.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <initializer_list>

namespace fibercast::app {
namespace {

/// Otherwise a client's socket could become standard output, and be sent what is printed.
void open_standard_streams() noexcept {
    for (int const each : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(each, F_GETFD) < 0) [[maybe_unused]]
            int const lowest_free = ::open("/dev/null", O_RDWR);
    }
}

}  // namespace

void set_up_process() noexcept {
    open_standard_streams();
    ::signal(SIGPIPE, SIG_IGN);
    // The terminal is not used in the background, but a shell may take it away at any moment.
    ::signal(SIGTTIN, SIG_IGN);
    ::signal(SIGTTOU, SIG_IGN);
    // NOLINTBEGIN(concurrency-mt-unsafe): there are no other threads yet
    if (std::setlocale(LC_CTYPE, "") == nullptr || MB_CUR_MAX == 1)
        std::setlocale(LC_CTYPE, "C.UTF-8");
    // NOLINTEND(concurrency-mt-unsafe)
}

}  // namespace fibercast::app
