#include "readme/running_program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

namespace {

/// The sockets among a process's descriptors, by inode.
std::set<std::string> sockets_of(std::filesystem::path const& process) {
    std::set<std::string> inodes;
    for (auto const& each : std::filesystem::directory_iterator(process / "fd")) {
        std::error_code gone;
        auto const target = std::filesystem::read_symlink(each.path(), gone).string();
        std::string const prefix = "socket:[";
        if (target.starts_with(prefix)) {
            inodes.insert(target.substr(prefix.size(), target.size() - prefix.size() - 1));
        }
    }
    return inodes;
}

}  // namespace

running_program::running_program(std::string const& path) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw std::system_error(errno, std::system_category(), "pipe");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    char* const arguments[] = {const_cast<char*>(path.c_str()), nullptr};
    int const error = ::posix_spawn(&pid_, path.c_str(), &actions, nullptr, arguments, environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[0]);
    input_ = ends[1];
    if (error != 0) {
        close_input();
        throw std::system_error(error, std::system_category(), "cannot start " + path);
    }
}

running_program::~running_program() {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
    close_input();
    wait();
}

void running_program::type(std::string_view text) {
    if (::write(input_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        throw std::system_error(errno, std::system_category(), "write");
    }
}

int running_program::finish() {
    close_input();
    return wait();
}

void running_program::close_input() {
    if (input_ >= 0) ::close(std::exchange(input_, -1));
}

int running_program::wait() {
    if (pid_ <= 0) return -1;
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::optional<std::uint16_t> running_program::listening_port() const {
    auto const process = std::filesystem::path("/proc") / std::to_string(pid_);
    auto const sockets = sockets_of(process);
    std::ifstream table(process / "net/tcp");
    std::string line;
    std::getline(table, line);  // the heading
    while (std::getline(table, line)) {
        // "0: 0100007F:1F90 00000000:0000 0A ...", and the inode is the tenth
        std::istringstream fields(line);
        std::string slot, local, remote, state, skipped, inode;
        fields >> slot >> local >> remote >> state;
        for (int i = 0; i < 5; ++i) fields >> skipped;
        fields >> inode;
        if (state != "0A" || !sockets.contains(inode)) continue;
        return static_cast<std::uint16_t>(
            std::stoul(local.substr(local.find(':') + 1), nullptr, 16));
    }
    return std::nullopt;
}
