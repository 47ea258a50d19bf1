#include "process/temporary_file.hpp"

#include "process/failure.hpp"
#include "process/unique_fd.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string>
#include <system_error>

namespace bench {

temporary_file::temporary_file(std::string_view content) {
    auto name = (std::filesystem::temp_directory_path() / "fibercast-bench-XXXXXX").string();
    unique_fd const file{checked(::mkstemp(name.data()), "mkstemp")};
    auto const written = ::write(file.get(), content.data(), content.size());
    if (written != static_cast<ssize_t>(content.size())) {
        ::unlink(name.c_str());
        throw failure{fmt::format("cannot write {}", name)};
    }
    path_ = name;
}

temporary_file::~temporary_file() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

}  // namespace bench
