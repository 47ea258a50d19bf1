#include "process_use.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace fibercast::app {
namespace {

std::chrono::microseconds span(timeval const& from) {
    return std::chrono::seconds(from.tv_sec) + std::chrono::microseconds(from.tv_usec);
}

}  // namespace

process_use own_use() {
    process_use use;
    std::ifstream file("/proc/self/smaps_rollup");
    for (std::string word; file >> word;) {
        std::size_t number = 0;
        if (word == "Rss:" && file >> number) use.rss_kib = number;
        if (word == "Pss:" && file >> number) use.pss_kib = number;
    }
    rusage times{};
    ::getrusage(RUSAGE_SELF, &times);
    use.user = span(times.ru_utime);
    use.system = span(times.ru_stime);
    return use;
}

std::size_t resident_bytes() {
    std::ifstream file("/proc/self/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    if (!(file >> all >> resident)) return 0;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::chrono::microseconds own_cpu_time() {
    rusage times{};
    ::getrusage(RUSAGE_SELF, &times);
    return span(times.ru_utime) + span(times.ru_stime);
}

}  // namespace fibercast::app
