#include "history_file.hpp"

#include "http/utf8.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

namespace fibercast::app {
namespace {

constexpr mode_t owner_only = 0600;

std::optional<std::filesystem::path> absolute_path_in(char const* variable) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
    char const* const value = std::getenv(variable);
    if (value == nullptr || *value != '/') return std::nullopt;  // relative ones are to be ignored
    return value;
}

/// Creates the folders that are missing, as private as the specification wants them.
void make_folders(std::filesystem::path const& folder) {
    std::error_code ignored;
    if (folder.empty() || std::filesystem::exists(folder, ignored)) return;
    make_folders(folder.parent_path());
    ::mkdir(folder.c_str(), 0700);
}

bool write_line(int fd, std::string_view line) {
    auto const text = std::string(line) + '\n';
    return ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

bool worth_keeping(std::string_view line) {
    bool const plain =
        std::none_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x20; });
    return !line.empty() && line.size() <= history_file::max_line_bytes && plain && is_utf8(line);
}

struct contents {
    std::vector<std::string> last;  // commands, as many as are remembered
    std::size_t lines = 0;          // in the file
};

contents contents_of(std::filesystem::path const& path) {
    constexpr auto kept = history_file::lines_kept;
    contents found;
    std::error_code failed;
    if (!std::filesystem::is_regular_file(path, failed)) return found;
    auto& last = found.last;
    std::ifstream file(path, std::ios::binary);
    for (std::string line; std::getline(file, line);) {
        ++found.lines;
        if (!worth_keeping(line)) continue;
        last.push_back(std::move(line));
        if (last.size() > 2 * kept) last.erase(last.begin(), last.end() - kept);
    }
    if (last.size() > kept) last.erase(last.begin(), last.end() - kept);
    return found;
}

bool is_at(std::filesystem::path const& path, int fd) {
    struct stat named {};
    struct stat opened {};
    return ::stat(path.c_str(), &named) == 0 && ::fstat(fd, &opened) == 0 &&
           named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
}

/// Opens the file for appending, and locks it; the lock goes with the descriptor, however a session
/// ends. Negative: that cannot be done, or, with LOCK_NB, another has the lock.
int open_locked(std::filesystem::path const& path, int lock) {
    for (;;) {
        int const fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_CLOEXEC,
                              owner_only);
        if (fd < 0) return fd;
        bool const locked = ::flock(fd, lock) == 0;
        if (locked && is_at(path, fd)) return fd;
        // Where the file system has no locks nobody shortens, and who only appends needs none.
        if (!locked && lock == LOCK_SH) return fd;
        ::close(fd);
        if (!locked) return -1;
        // Another session has just put a fresh one in its place.
    }
}

/// Under the lock of the file that is replaced. What lies there is what a session left that ended
/// in the middle of this.
void replace(std::filesystem::path const& path, std::vector<std::string> const& by) {
    auto const fresh = path.string() + ".new";
    ::unlink(fresh.c_str());
    int const fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
    if (fd < 0) return;
    bool const written =
        std::all_of(by.begin(), by.end(), [fd](auto const& each) { return write_line(fd, each); });
    ::close(fd);
    if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) ::unlink(fresh.c_str());
}

}  // namespace

std::optional<history_file> history_file::of_user() {
    auto folder = absolute_path_in("XDG_STATE_HOME");
    if (!folder) {
        folder = absolute_path_in("HOME");
        if (folder) *folder /= ".local/state";
    }
    if (!folder) return std::nullopt;
    return history_file(*folder / "fibercast" / "history");
}

std::vector<std::string> history_file::load() const {
    auto found = contents_of(path_);
    if (found.lines > 2 * lines_kept) shorten();
    return std::move(found.last);
}

void history_file::append(std::string_view line) const {
    if (!worth_keeping(line)) return;
    make_folders(path_.parent_path());
    int const fd = open_locked(path_, LOCK_SH);
    if (fd < 0) return;
    write_line(fd, line);
    ::close(fd);
}

/// A new file takes the place of the old one, so that a session that reads it sees one of the two.
/// While the old one is locked nobody else does the same, and nobody adds to it what is then lost.
void history_file::shorten() const {
    int const old = open_locked(path_, LOCK_EX | LOCK_NB);
    if (old < 0) return;  // it is done by another session, or another time
    replace(path_, contents_of(path_).last);
    ::close(old);
}

}  // namespace fibercast::app
