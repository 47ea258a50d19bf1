#include "network_namespaces.hpp"

#include "child_process.hpp"

#include <fmt/format.h>

#include <sstream>

namespace end_to_end {
namespace {

bool run(std::string const& command) {
    std::istringstream stream(command);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    child_process process(words, input_kind::nothing);
    return process.wait() == 0;
}

}  // namespace

std::optional<network_namespaces> network_namespaces::make() {
    network_namespaces made(fmt::format("fibercast-test-{}", ::getpid()));
    if (!made.set_up()) return std::nullopt;
    return made;
}

bool network_namespaces::set_up() {
    return run(fmt::format("ip netns add {}-server", name_)) &&
           run(fmt::format("ip netns add {}-client", name_)) &&
           run(fmt::format(
               "ip link add cable netns {0}-server type veth peer name cable netns {0}-client",
               name_)) &&
           run(fmt::format("ip -n {}-server address add {}/24 dev cable", name_, server_address)) &&
           run(fmt::format("ip -n {}-client address add 10.77.0.2/24 dev cable", name_)) &&
           run(fmt::format("ip -n {}-server link set cable up", name_)) &&
           run(fmt::format("ip -n {}-client link set cable up", name_));
}

network_namespaces::~network_namespaces() {
    if (name_.empty()) return;
    run(fmt::format("ip netns delete {}-server", name_));
    run(fmt::format("ip netns delete {}-client", name_));
}

void network_namespaces::cut() {
    if (!run(fmt::format("ip -n {}-client link set cable down", name_)))
        throw failure("the cable does not come out");
}

}  // namespace end_to_end
