#include "process/background_load.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace bench {
namespace {

double busy_seconds() {
    std::ifstream file{"/proc/stat"};
    std::string name;
    double user = 0, nice = 0, system = 0, idle = 0, io_wait = 0, irq = 0, softirq = 0, stolen = 0;
    file >> name >> user >> nice >> system >> idle >> io_wait >> irq >> softirq >> stolen;
    auto const ticks = user + nice + system + irq + softirq + stolen;
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double seconds(timeval time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double our_seconds() {
    double sum = 0;
    for (auto const who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage use{};
        ::getrusage(who, &use);
        sum += seconds(use.ru_utime) + seconds(use.ru_stime);
    }
    return sum;
}

}  // namespace

background_load::background_load()
    : start_{std::chrono::steady_clock::now()}, busy_{busy_seconds()}, ours_{our_seconds()} {}

double background_load::share() const {
    std::chrono::duration<double> const elapsed = std::chrono::steady_clock::now() - start_;
    auto const cores = static_cast<double>(::sysconf(_SC_NPROCESSORS_ONLN));
    auto const others = (busy_seconds() - busy_) - (our_seconds() - ours_);
    return std::clamp(others / (elapsed.count() * cores), 0.0, 1.0);
}

}  // namespace bench
