#include "support/temporary_file.hpp"

#include "support/failure.hpp"
#include "support/unique_fd.hpp"

#include <fcntl.h>
#include <stdlib.h>

#include <filesystem>

temporary_file::temporary_file(std::string_view text)
    : path_((std::filesystem::temp_directory_path() / "fibercast-test-XXXXXX").string()) {
    unique_fd const fd(checked(::mkostemp(path_.data(), O_CLOEXEC), "mkostemp"));
    if (!text.empty()) checked(::write(fd.get(), text.data(), text.size()), "write");
}

temporary_file::~temporary_file() { ::unlink(path_.c_str()); }
