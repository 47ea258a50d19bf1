#pragma once

#include "process/command_output.hpp"

#include <boost/json.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// The program, and the figures that it writes.
namespace bench_program {

/// A folder of this test alone, removed at the end.
struct scratch_folder {
    scratch_folder();
    ~scratch_folder() { std::filesystem::remove_all(path); }

    std::filesystem::path path;
};

/// With these words behind its name, to its end.
bench::command_result run(std::vector<std::string> arguments);

/// The same words, and those for two rounds with this file for the figures.
std::vector<std::string> quickly(std::vector<std::string> arguments,
                                 std::filesystem::path const& json_file);

boost::json::value read_json(std::filesystem::path const& file);

/// Of the first question in the file. The test fails if there is none of that name.
boost::json::object const& figure(boost::json::value const& result, std::string_view name);

}  // namespace bench_program
