#include "process/cpu_time.hpp"

#include "process/failure.hpp"
#include "process/process_tree.hpp"

#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace bench {
namespace {

// The process clock rather than the sum of /proc/PID/task/*/schedstat: it is the same counter, but
// brought up to date when read, and it keeps the time of threads that have ended.
cpu_time::duration read_clock(clockid_t clock) {
    timespec now{};
    checked(::clock_gettime(clock, &now), "clock_gettime");
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

struct tick_counts {
    std::uint64_t user = 0;
    std::uint64_t system = 0;
};

tick_counts read_ticks(pid_t process) {
    std::ifstream file{fmt::format("/proc/{}/stat", process)};
    std::string const text{std::istreambuf_iterator<char>{file}, {}};
    auto const name_end = text.rfind(')');  // the name may hold spaces, and parentheses
    if (name_end == std::string::npos) throw failure{"the server has gone: no CPU time to read"};
    std::istringstream fields{text.substr(name_end + 1)};
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    tick_counts ticks;
    fields >> ticks.user >> ticks.system;
    return ticks;
}

}  // namespace

cpu_time operator-(cpu_time const& later, cpu_time const& earlier) {
    auto const total = later.total - earlier.total;
    auto const user = later.user - earlier.user;
    auto const split = user + later.system - earlier.system;
    auto const scaled_user = split.count() > 0 ? total * (user / split) : cpu_time::duration{};
    return {scaled_user, total - scaled_user, total};
}

cpu_time cpu_time_of(pid_t root) {
    static double const ticks_per_second = static_cast<double>(::sysconf(_SC_CLK_TCK));
    cpu_time sum;
    for (auto const process : process_tree(root)) {
        clockid_t clock{};
        if (::clock_getcpuclockid(process, &clock) != 0) continue;  // has just ended
        auto const ticks = read_ticks(process);
        sum.user += cpu_time::duration{static_cast<double>(ticks.user) / ticks_per_second};
        sum.system += cpu_time::duration{static_cast<double>(ticks.system) / ticks_per_second};
        sum.total += read_clock(clock);
    }
    return sum;
}

cpu_time::duration own_cpu_time() { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }
cpu_time::duration own_thread_cpu_time() { return read_clock(CLOCK_THREAD_CPUTIME_ID); }

}  // namespace bench
