#include "process/child_process.hpp"

#include "process/failure.hpp"
#include "process/machine.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <utility>

namespace bench {
namespace {

constexpr int stop_patience_ms = 5'000;

struct pipe_ends {
    unique_fd read, write;
};

pipe_ends make_pipe() {
    int ends[2];
    checked(::pipe2(ends, O_CLOEXEC), "pipe2");
    return {unique_fd{ends[0]}, unique_fd{ends[1]}};
}

// Runs in the child between fork and exec: system calls only.
[[noreturn]] void become(char** words, int input, int output, cpu_set_t const* cores,
                         pid_t parent) {
    ::setpgid(0, 0);  // Ctrl-C is for us: we end our children, when their last word was heard
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);  // the parent died before we had asked
    ::signal(SIGPIPE, SIG_DFL);               // we ignore it, and exec would pass that on
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::dup2(::open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
    if (!cores || ::sched_setaffinity(0, sizeof *cores, cores) == 0) ::execvp(words[0], words);
    ::dprintf(STDERR_FILENO, "cannot pin or run %s: %s\n", words[0], ::strerrordesc_np(errno));
    ::_exit(127);
}

}  // namespace

child_process::child_process(std::vector<std::string> words, std::vector<int> const& cores) {
    std::vector<char*> arguments(words.size() + 1);  // exec wants a null at the end
    std::ranges::transform(words, arguments.begin(), [](auto& word) { return word.data(); });
    auto const core_set = cpu_set_of(cores);
    auto input = make_pipe();
    auto output = make_pipe();
    auto const parent = ::getpid();
    pid_ = checked(::fork(), "fork");
    if (pid_ == 0) {
        become(arguments.data(), input.read.get(), output.write.get(),
               cores.empty() ? nullptr : &core_set, parent);
    }
    ::setpgid(pid_, pid_);  // here too: whoever comes first
    handle_ =
        unique_fd{static_cast<int>(checked(::syscall(SYS_pidfd_open, pid_, 0), "pidfd_open"))};
    input_ = std::move(input.write);
    ::fcntl(input_.get(), F_SETFL, O_NONBLOCK);
    output_ = std::move(output.read);
}

child_process::~child_process() { stop(); }

bool child_process::has_ended() const {
    pollfd exited{handle_.get(), POLLIN, 0};
    return ::poll(&exited, 1, 0) > 0;
}

std::string child_process::stop() {
    if (pid_ < 0) return {};
    ::kill(pid_, SIGTERM);
    pollfd exited{handle_.get(), POLLIN, 0};
    int ready = -1;
    do {
        ready = ::poll(&exited, 1, stop_patience_ms);
    } while (ready < 0 && errno == EINTR);  // Ctrl-C, perhaps the reason for the stop
    bool const obeyed = ready > 0;
    ::kill(-pid_, SIGKILL);  // the whole group: nothing that it started may outlive it
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    pid_ = -1;
    if (!obeyed) {
        fmt::print(stderr, "fibercast-bench: a server ignored SIGTERM, killed\n");
        return "ignored SIGTERM";
    }
    if (WIFSIGNALED(status)) return fmt::format("ended by signal {}", WTERMSIG(status));
    return fmt::format("ended with status {}", WEXITSTATUS(status));
}

}  // namespace bench
