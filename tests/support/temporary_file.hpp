#pragma once

#include <string>
#include <string_view>

/// A file that lives as long as this object.
class temporary_file {
public:
    explicit temporary_file(std::string_view text);
    ~temporary_file();
    temporary_file(temporary_file const&) = delete;
    temporary_file& operator=(temporary_file const&) = delete;

    std::string const& path() const noexcept { return path_; }

private:
    std::string path_;
};
