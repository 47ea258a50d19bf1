#include "bench/bench_program.hpp"

#include "support/catch.hpp"

#include <unistd.h>

#include <fstream>

namespace fs = std::filesystem;
namespace json = boost::json;

namespace bench_program {

scratch_folder::scratch_folder() {
    std::string name = (fs::temp_directory_path() / "fibercast-bench-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()));
    path = name;
}

bench::command_result run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), BENCH_PROGRAM);
    return bench::run_command(arguments);
}

std::vector<std::string> quickly(std::vector<std::string> arguments, fs::path const& json_file) {
    for (auto const* more : {"--rounds", "2", "--json"}) arguments.push_back(more);
    arguments.push_back(json_file.string());
    return arguments;
}

json::value read_json(fs::path const& file) {
    std::ifstream stream{file};
    return json::parse(std::string{std::istreambuf_iterator<char>{stream}, {}});
}

json::object const& figure(json::value const& result, std::string_view name) {
    for (auto const& one : result.at("questions").at(0).at("figures").as_array()) {
        if (one.at("figure").as_string() == name) return one.as_object();
    }
    FAIL("no figure " << name);
    throw 0;
}

}  // namespace bench_program
