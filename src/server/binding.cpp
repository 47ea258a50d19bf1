#include "binding.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <system_error>

namespace fibercast {
namespace {

using boost::asio::ip::tcp;

[[noreturn]] void fail(std::error_code why, endpoint const& at) {
    throw std::system_error(
        why, at.sockets.empty()
                 ? fmt::format("cannot listen on {} port {}", at.host, at.port)
                 : fmt::format("cannot listen on descriptor {}", fmt::join(at.sockets, " or ")));
}

class resolver_category final : public std::error_category {
    char const* name() const noexcept override { return "resolver"; }
    std::string message(int code) const override { return ::gai_strerror(code); }
};

std::error_code resolver_error(int code) {
    static resolver_category const category;
    if (code == EAI_SYSTEM) return {errno, std::system_category()};
    return {code, category};
}

/// Each address once, though the hosts file may have it twice. Not by Asio's resolver, whose event
/// loop takes three descriptors.
std::vector<tcp::endpoint> resolve(endpoint const& at) {
    addrinfo hints{};
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    auto const* const host = at.host.empty() ? nullptr : at.host.c_str();
    if (int const code = ::getaddrinfo(host, std::to_string(at.port).c_str(), &hints, &found))
        fail(resolver_error(code), at);
    std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const owned(found, ::freeaddrinfo);
    std::vector<tcp::endpoint> all;
    for (auto const* each = found; each != nullptr; each = each->ai_next) {
        tcp::endpoint address;
        address.resize(each->ai_addrlen);
        std::memcpy(address.data(), each->ai_addr, each->ai_addrlen);
        if (std::find(all.begin(), all.end(), address) == all.end()) all.push_back(address);
    }
    return all;
}

/// A hosts file names ::1 also where IPv6 is switched off.
bool unusable_here(std::error_code error) {
    return error == std::errc::address_not_available ||
           error == std::errc::address_family_not_supported;
}

std::vector<listening_socket> bind_at_once(std::vector<tcp::endpoint> const& addresses,
                                           tcp_options const& inherited) {
    std::vector<listening_socket> bound;
    std::error_code unusable;
    for (auto address : addresses) {
        if (address.port() == 0 && !bound.empty()) address.port(bound.front().address().port());
        try {
            bound.emplace_back(address, inherited, addresses.size() > 1);
        } catch (std::system_error const& error) {
            if (!unusable_here(error.code())) throw;
            unusable = error.code();
        }
    }
    if (bound.empty()) throw std::system_error(unusable);
    return bound;
}

std::vector<listening_socket> copies_of(endpoint const& at) {
    std::vector<listening_socket> all;
    for (int const each : at.sockets) {
        try {
            all.push_back(listening_socket::copy_of(each, at.tcp));
        } catch (std::system_error const& error) {
            throw std::system_error(error.code(),
                                    fmt::format("cannot listen on descriptor {}", each));
        }
    }
    return all;
}

}  // namespace

std::vector<listening_socket> bind_all(std::vector<tcp::endpoint> const& addresses,
                                       tcp_options const& inherited) {
    // The port that was free on the first address may be in use on the next. Then another may not.
    for (int tries = 16;; --tries) {
        try {
            return bind_at_once(addresses, inherited);
        } catch (std::system_error const& error) {
            bool const chance = addresses.front().port() == 0 && tries > 1;
            if (!chance || error.code() != std::errc::address_in_use) throw;
        }
    }
}

std::vector<listening_socket> bind_to(endpoint const& at) {
    if (!at.sockets.empty()) return copies_of(at);
    auto const addresses = resolve(at);
    try {
        return bind_all(addresses, at.tcp);
    } catch (std::system_error const& error) {
        fail(error.code(), at);
    }
}

void listen_on(std::vector<listening_socket>& all, endpoint const& at) {
    try {
        for (auto& each : all) each.listen();
    } catch (std::system_error const& error) {
        fail(error.code(), at);
    }
}

}  // namespace fibercast
