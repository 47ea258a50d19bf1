#include "process/temporary_file.hpp"

#include "support/catch.hpp"

#include <fstream>
#include <iterator>
#include <string>

namespace fs = std::filesystem;

TEST_CASE("a temporary file is its owner's alone, and goes with what made it") {
    fs::path path;
    {
        bench::temporary_file const file{"a secret"};
        path = file.path();
        std::ifstream stream{path};
        CHECK(std::string{std::istreambuf_iterator<char>{stream}, {}} == "a secret");
        CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    }
    CHECK_FALSE(fs::exists(path));
}
