#include "support/child_process.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>

/// Both sides of a program's standard streams.
struct child_ends {
    unique_fd input, output, errors;  // the program's
    unique_fd to, from, errors_from;  // ours
};

namespace {

void make_pipe(unique_fd& read, unique_fd& write) {
    std::array<int, 2> ends{};
    checked(::pipe2(ends.data(), O_CLOEXEC), "pipe2");
    read = unique_fd(ends[0]);
    write = unique_fd(ends[1]);
}

void make_terminal(child_ends& ends) {
    ends.to = unique_fd(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    // A root folder into which /dev was bound, and /dev/pts was not. ctest knows the word.
    if (ends.to.get() < 0 && (errno == ENODEV || errno == ENOENT))
        throw failure("SKIPPED: there are no terminals, nothing is mounted at /dev/pts");
    checked(ends.to.get(), "posix_openpt");
    checked(::unlockpt(ends.to.get()), "unlockpt");
    std::array<char, 64> name{};
    if (::ptsname_r(ends.to.get(), name.data(), name.size()) != 0) throw failure("ptsname_r");
    ends.input =
        unique_fd(checked(::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC), "the terminal"));
    // Not the program's: it would have the terminal's other end, too, and that would never go away.
    ends.output = unique_fd(checked(::fcntl(ends.input.get(), F_DUPFD_CLOEXEC, 0), "dup"));
    ends.from = unique_fd(checked(::fcntl(ends.to.get(), F_DUPFD_CLOEXEC, 0), "dup"));
    winsize const size{24, 120, 0, 0};
    ::ioctl(ends.to.get(), TIOCSWINSZ, &size);
}

child_ends make_ends(input_kind kind) {
    child_ends ends;
    make_pipe(ends.errors_from, ends.errors);
    if (kind == input_kind::terminal) {
        make_terminal(ends);
        return ends;
    }
    make_pipe(ends.from, ends.output);
    if (kind == input_kind::pipe) make_pipe(ends.input, ends.to);
    if (kind == input_kind::nothing)
        ends.input = unique_fd(checked(::open("/dev/null", O_RDONLY | O_CLOEXEC), "/dev/null"));
    return ends;
}

/// Runs in the child between fork and exec: system calls only.
[[noreturn]] void become(char** words, child_ends const& ends, bool terminal, pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);  // the parent died before we had asked
    ::signal(SIGPIPE, SIG_DFL);
    ::dup2(ends.input.get(), STDIN_FILENO);
    ::dup2(ends.output.get(), STDOUT_FILENO);
    ::dup2(ends.errors.get(), STDERR_FILENO);
    if (terminal) {
        ::setsid();
        ::ioctl(STDIN_FILENO, TIOCSCTTY, 0);
    }
    ::execvp(words[0], words);
    ::_exit(127);
}

/// While it lives, writing to a program that has ended fails, and does not end the test. Only in
/// this thread: what the library does elsewhere must do without.
class without_sigpipe {
public:
    without_sigpipe() {
        ::sigemptyset(&pipe_);
        ::sigaddset(&pipe_, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    ~without_sigpipe() {
        timespec const now{};
        while (::sigtimedwait(&pipe_, nullptr, &now) > 0) continue;
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

private:
    sigset_t pipe_;
    sigset_t before_;
};

int status_of(int waited) {
    return WIFSIGNALED(waited) ? 128 + WTERMSIG(waited) : WEXITSTATUS(waited);
}

}  // namespace

child_process::child_process(std::vector<std::string> words, input_kind input)
    : child_process(std::move(words), input, make_ends(input)) {}

child_process::child_process(std::vector<std::string> words, input_kind input, child_ends ends)
    : name_(words.front()),
      input_(std::move(ends.to)),
      output_fd_(std::move(ends.from)),
      errors_fd_(std::move(ends.errors_from)),
      output_(output_fd_.get(), name_ + "'s output"),
      errors_(errors_fd_.get(), name_ + "'s errors") {
    std::vector<char*> arguments(words.size() + 1);  // exec wants a null at the end
    std::transform(words.begin(), words.end(), arguments.begin(),
                   [](auto& word) { return word.data(); });
    auto const parent = ::getpid();
    pid_ = checked(::fork(), "fork");
    if (pid_ == 0) become(arguments.data(), ends, input == input_kind::terminal, parent);
    handle_ =
        unique_fd(static_cast<int>(checked(::syscall(SYS_pidfd_open, pid_, 0), "pidfd_open")));
}

child_process::~child_process() {
    if (status_) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

void child_process::write(std::string_view text) {
    without_sigpipe const here;
    while (!text.empty()) {
        auto const count =
            checked(::write(input_.get(), text.data(), text.size()), "write to the program");
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

void child_process::send(int signal) {
    if (!status_) checked(::kill(pid_, signal), "kill");
}

std::optional<int> child_process::ended_within(std::chrono::milliseconds limit) {
    if (status_) return status_;
    pollfd wanted{handle_.get(), POLLIN, 0};
    if (TEMP_FAILURE_RETRY(::poll(&wanted, 1, static_cast<int>(limit.count()))) <= 0)
        return std::nullopt;
    int waited = 0;
    checked(::waitpid(pid_, &waited, 0), "waitpid");
    status_ = status_of(waited);
    return status_;
}

int child_process::wait(std::chrono::milliseconds limit) {
    if (auto const status = ended_within(limit)) return *status;
    throw failure(fmt::format("{} does not end within {} ms; its errors were:\n{}", name_,
                              limit.count(), errors_.seen()));
}
