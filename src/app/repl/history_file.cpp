#include "history_file.hpp"

#include "http/utf8.hpp"

#include <fcntl.h>
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
    std::vector<std::string> lines;
    std::error_code failed;
    if (!std::filesystem::is_regular_file(path_, failed)) return lines;
    std::ifstream file(path_, std::ios::binary);
    std::size_t read = 0;
    for (std::string line; std::getline(file, line);) {
        ++read;
        if (!worth_keeping(line)) continue;
        lines.push_back(std::move(line));
        if (lines.size() > 2 * lines_kept) lines.erase(lines.begin(), lines.end() - lines_kept);
    }
    if (lines.size() > lines_kept) lines.erase(lines.begin(), lines.end() - lines_kept);
    if (read > 2 * lines_kept) shorten(lines);
    return lines;
}

void history_file::append(std::string_view line) const {
    if (!worth_keeping(line)) return;
    make_folders(path_.parent_path());
    int const fd =
        ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_CLOEXEC, owner_only);
    if (fd < 0) return;
    write_line(fd, line);
    ::close(fd);
}

/// A new file takes the place of the old one, so that a session that reads it sees one of the two.
void history_file::shorten(std::vector<std::string> const& to) const {
    auto const fresh = path_.string() + ".new";
    int const fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, owner_only);
    if (fd < 0) return;
    bool const written =
        std::all_of(to.begin(), to.end(), [fd](auto const& each) { return write_line(fd, each); });
    ::close(fd);
    if (!written || ::rename(fresh.c_str(), path_.c_str()) != 0) ::unlink(fresh.c_str());
}

}  // namespace fibercast::app
