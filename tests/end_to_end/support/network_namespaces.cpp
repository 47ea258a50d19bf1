#include "network_namespaces.hpp"

#include "support/child_process.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <sstream>

namespace end_to_end {

network_namespaces::network_namespaces() : name_(fmt::format("fibercast-test-{}", ::getpid())) {
    for (auto const* command :
         {"ip netns add {0}-server", "ip netns add {0}-client",
          "ip link add cable netns {0}-server type veth peer name cable netns {0}-client",
          "ip -n {0}-server address add {1}/24 dev cable",
          "ip -n {0}-client address add 10.77.0.2/24 dev cable",
          "ip -n {0}-server link set cable up", "ip -n {0}-client link set cable up"}) {
        if (!run(fmt::format(fmt::runtime(command), name_, server_address))) return;
    }
}

network_namespaces::~network_namespaces() {
    run(fmt::format("ip netns delete {}-server", name_));
    run(fmt::format("ip netns delete {}-client", name_));
}

void network_namespaces::cut() {
    if (!run(fmt::format("ip -n {}-client link set cable down", name_)))
        throw failure("the cable does not come out: " + missing_);
}

bool network_namespaces::run(std::string const& command) {
    std::istringstream stream(command);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    child_process process(words, input_kind::nothing);
    auto const errors = process.errors().until_end();
    if (process.wait() == 0) return true;
    missing_ = fmt::format("{}: {}", command, errors);
    return false;
}

}  // namespace end_to_end
