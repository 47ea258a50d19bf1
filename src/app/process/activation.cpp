#include "activation.hpp"

#include "app/text/number.hpp"
#include "http/escape.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string_view>

namespace fibercast::app {
namespace {

constexpr std::string_view public_name = "public";
constexpr std::string_view admin_name = "admin";

bool is_known(std::string_view name) noexcept { return name == public_name || name == admin_name; }

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

/// What each is for. systemd names sockets after their unit when they have no name of their own.
std::vector<std::string_view> uses(std::size_t count, std::string const& names) {
    auto all = split(names);
    if (!all.empty() && all.size() != count)
        throw std::invalid_argument(
            fmt::format("LISTEN_FDNAMES has {} names for {} sockets", all.size(), count));
    if (std::none_of(all.begin(), all.end(), is_known)) {
        if (count > 2)
            throw std::invalid_argument(fmt::format(
                "there are {} sockets, and none has one of the names public and admin", count));
        all.assign({public_name, admin_name});
        all.resize(count);
    }
    for (auto const& each : all) {
        if (!is_known(each))
            throw std::invalid_argument(fmt::format(
                "a socket's name is {}, and neither public nor admin", in_quotes(each)));
    }
    return all;
}

}  // namespace

activation::activation(std::string const& process, std::string const& count,
                       std::string const& names, int first) {
    if (parse_number<pid_t>(process, 1, std::numeric_limits<pid_t>::max()) != ::getpid()) return;
    auto const number = parse_number<std::size_t>(count, 0, 1'000);
    if (!number) throw std::invalid_argument(fmt::format("LISTEN_FDS is {}", in_quotes(count)));
    auto const all = uses(*number, names);
    for (std::size_t i = 0; i < all.size(); ++i) {
        int const fd = first + static_cast<int>(i);
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
        (all[i] == admin_name ? for_operators_ : for_clients_).push_back(fd);
    }
}

void activation::close() noexcept {
    for (auto* const all : {&for_clients_, &for_operators_}) {
        for (int const each : *all) ::close(each);
        all->clear();
    }
}

}  // namespace fibercast::app
