#include "support/listening_port.hpp"

#include "support/patience.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>

namespace {

/// The sockets among a process's descriptors, by inode.
std::set<std::string> sockets_of(std::filesystem::path const& process) {
    std::set<std::string> inodes;
    for (auto const& each : std::filesystem::directory_iterator(process / "fd")) {
        std::error_code gone;
        auto const target = std::filesystem::read_symlink(each.path(), gone).string();
        std::string const prefix = "socket:[";
        if (target.starts_with(prefix)) {
            inodes.insert(target.substr(prefix.size(), target.size() - prefix.size() - 1));
        }
    }
    return inodes;
}

/// 0 as long as it does not listen.
std::uint16_t port_of(pid_t pid) {
    auto const process = std::filesystem::path("/proc") / std::to_string(pid);
    auto sockets = sockets_of(process);
    // Until it has become another program it has ours, too.
    for (auto const& each : sockets_of("/proc/self")) sockets.erase(each);
    std::ifstream table(process / "net/tcp");
    std::string line;
    std::getline(table, line);  // the heading
    while (std::getline(table, line)) {
        // "0: 0100007F:1F90 00000000:0000 0A ...", and the inode is the tenth
        std::istringstream fields(line);
        std::string slot, local, remote, state, skipped, inode;
        fields >> slot >> local >> remote >> state;
        for (int i = 0; i < 5; ++i) fields >> skipped;
        fields >> inode;
        if (state != "0A" || !sockets.contains(inode)) continue;
        return static_cast<std::uint16_t>(
            std::stoul(local.substr(local.find(':') + 1), nullptr, 16));
    }
    return 0;
}

}  // namespace

std::uint16_t listening_port(pid_t process) {
    std::uint16_t port = 0;
    await("a port that it listens on", [&] { return (port = port_of(process)) != 0; });
    return port;
}
