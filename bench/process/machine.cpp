#include "process/machine.hpp"

#include "process/failure.hpp"

#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace bench {
namespace {

constexpr int spare_files = 64;  // listening, epoll, stdio, libraries

std::string cpu_model() {
    std::ifstream file{"/proc/cpuinfo"};
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    }
    return "unknown CPU";
}

}  // namespace

std::string describe_machine() {
    utsname system{};
    ::uname(&system);
    auto const pages = static_cast<double>(::sysconf(_SC_PHYS_PAGES));
    auto const bytes = pages * static_cast<double>(::sysconf(_SC_PAGESIZE));
    return fmt::format("{} {}, {}, {} cores, {:.1f} GiB", system.sysname, system.release,
                       cpu_model(), ::sysconf(_SC_NPROCESSORS_ONLN), bytes / (1 << 30));
}

void make_room_for(int clients) {
    rlimit limit{};
    checked(::getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    checked(::setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
    auto const most = static_cast<long long>(limit.rlim_max) - spare_files;
    if (clients > most) {
        throw failure{
            fmt::format("{} clients are too many: a process may open {} files here, "
                        "which is enough for {} (see ulimit -Hn)",
                        clients, limit.rlim_max, most)};
    }
}

std::vector<int> allowed_cores() {
    cpu_set_t set;
    checked(::sched_getaffinity(0, sizeof set, &set), "sched_getaffinity");
    std::vector<int> cores;
    for (int core = 0; core < CPU_SETSIZE; ++core) {
        if (CPU_ISSET(static_cast<std::size_t>(core), &set)) cores.push_back(core);
    }
    return cores;
}

cpu_set_t cpu_set_of(std::vector<int> const& cores) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int core : cores) CPU_SET(static_cast<std::size_t>(core), &set);
    return set;
}

void pin_to(std::vector<int> const& cores) {
    if (cores.empty()) return;
    auto const set = cpu_set_of(cores);
    checked(::sched_setaffinity(0, sizeof set, &set), "cannot pin: sched_setaffinity");
}

}  // namespace bench
