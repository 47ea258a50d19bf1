#pragma once

#include <filesystem>
#include <string_view>

namespace bench {

/// A file that only we may read, and that goes with this.
class temporary_file {
public:
    /// Throws `failure` if it cannot be written.
    explicit temporary_file(std::string_view content);
    ~temporary_file();
    temporary_file(temporary_file const&) = delete;
    temporary_file& operator=(temporary_file const&) = delete;

    std::filesystem::path const& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace bench
