#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast::app {

/// The commands of earlier sessions: a text file, one command a line, which only its owner may
/// read. What cannot be read or written is no error: then there is less history.
class history_file {
public:
    /// How many commands are remembered.
    static constexpr std::size_t lines_kept = 500;
    /// Longer ones are not.
    static constexpr std::size_t max_line_bytes = 4 * 1024;

    explicit history_file(std::filesystem::path path) : path_(std::move(path)) {}

    /// Where the XDG Base Directory Specification wants it: `fibercast/history` in $XDG_STATE_HOME,
    /// or in ~/.local/state. None: the user has no home.
    static std::optional<history_file> of_user();

    std::filesystem::path const& path() const noexcept { return path_; }

    /// The last commands, the oldest first.
    std::vector<std::string> load() const;

    /// Adds one behind the others. Several sessions may do so at the same time.
    void append(std::string_view line) const;

private:
    void shorten() const;

    std::filesystem::path path_;
};

}  // namespace fibercast::app
