#include "process/memory_use.hpp"

#include "process/failure.hpp"
#include "process/process_tree.hpp"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace bench {
namespace {

/// The number that follows `key` on the line that starts with `line_start`.
double read_number(std::string const& path, std::string_view line_start, std::string_view key) {
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(line_start)) continue;
        std::istringstream words{line};
        std::string word;
        while (words >> word && word != key) {
        }
        if (double number = 0; words >> number) return number;
    }
    throw failure{fmt::format("no {} in {}", key, path)};
}

double read_kib(std::string const& path, std::string_view key) {
    return read_number(path, key, key) * 1024;
}

}  // namespace

memory_use operator-(memory_use const& later, memory_use const& earlier) {
    return {later.pss - earlier.pss, later.page_tables - earlier.page_tables,
            later.kernel_slab - earlier.kernel_slab, later.tcp_buffers - earlier.tcp_buffers};
}

memory_use memory_use_of(pid_t root) {
    auto const page_size = static_cast<double>(::sysconf(_SC_PAGESIZE));
    memory_use sum;
    for (auto const process : process_tree(root)) {
        auto const folder = fmt::format("/proc/{}/", process);
        sum.pss += read_kib(folder + "smaps_rollup", "Pss:");
        sum.page_tables += read_kib(folder + "status", "VmPTE:");
    }
    sum.kernel_slab = read_kib("/proc/meminfo", "Slab:");
    sum.tcp_buffers = read_number("/proc/net/sockstat", "TCP:", "mem") * page_size;
    return sum;
}

}  // namespace bench
