#pragma once

#include "contest/contest.hpp"

#include <filesystem>
#include <vector>

namespace bench {

/// Before the first round: the machine, what the driver itself costs, contestants and settings.
void print_machine();
void print_configuration(options const& settings);

/// The table, and what a reader has to know before believing it.
void print_result(contest_result const& result);

/// Throws `failure` if the file cannot be written: better before the measurement than after it.
void check_writable(std::filesystem::path const& file);

/// Everything, every round included, as JSON. Throws `failure` if the file cannot be written.
void write_json(std::filesystem::path const& file, std::vector<contest_result> const& results);

}  // namespace bench
