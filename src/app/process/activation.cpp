#include "activation.hpp"

#include "app/text/number.hpp"
#include "http/escape.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace fibercast::app {
namespace {

constexpr std::string_view public_name = "public";
constexpr std::string_view admin_name = "admin";

/// systemd names a socket after its unit, and systemd-socket-activate calls it unknown, when nobody
/// has named it.
bool is_nameless(std::string_view name) noexcept {
    return name.empty() || name == "unknown" || name.ends_with(".socket");
}

/// Those between the colons; none of nothing.
std::vector<std::string_view> split(std::string_view names) {
    std::vector<std::string_view> all;
    while (!names.empty()) {
        auto const end = names.find(':');
        all.push_back(names.substr(0, end));
        if (end == names.npos) break;
        names.remove_prefix(end + 1);
        if (names.empty()) all.push_back(names);
    }
    return all;
}

bool is_for_operators(std::string_view name) {
    if (name == admin_name) return true;
    if (name == public_name || is_nameless(name)) return false;
    throw std::invalid_argument(
        fmt::format("a socket's name is {}, and neither public nor admin", in_quotes(name)));
}

}  // namespace

activation::activation(std::string const& process, std::string const& count,
                       std::string const& names, int first) {
    if (parse_number<pid_t>(process, 1, std::numeric_limits<pid_t>::max()) != ::getpid()) return;
    if (count.empty()) return;
    auto const number = parse_number<int>(count, 0, 1'000);
    if (!number) throw std::invalid_argument(fmt::format("LISTEN_FDS is {}", in_quotes(count)));
    auto all = split(names);
    auto const sockets = static_cast<std::size_t>(*number);
    if (!all.empty() && all.size() != sockets)
        throw std::invalid_argument(
            fmt::format("LISTEN_FDNAMES has {} names for {} sockets", all.size(), sockets));
    all.resize(sockets);
    for (int fd = first; fd < first + *number; ++fd) {
        if (::fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
            throw std::system_error(errno, std::system_category(),
                                    fmt::format("LISTEN_FDS is {}, descriptor {}", *number, fd));
        auto const name = all[static_cast<std::size_t>(fd - first)];
        (is_for_operators(name) ? for_operators_ : for_clients_).push_back(fd);
    }
}

void activation::close() noexcept {
    for (auto* const all : {&for_clients_, &for_operators_}) {
        for (int const each : *all) ::close(each);
        all->clear();
    }
}

}  // namespace fibercast::app
