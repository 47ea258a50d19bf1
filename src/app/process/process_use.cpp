#include "process_use.hpp"

#include <sys/resource.h>

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

}  // namespace fibercast::app
