#include "support/temporary_folder.hpp"

#include "support/failure.hpp"

#include <stdlib.h>

#include <string>
#include <system_error>

temporary_folder::temporary_folder() {
    auto name = (std::filesystem::temp_directory_path() / "fibercast-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw failure("mkdtemp");
    path_ = name;
}

temporary_folder::~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}
