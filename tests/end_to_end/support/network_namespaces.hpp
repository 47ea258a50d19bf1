#pragma once

#include <string>
#include <vector>

namespace end_to_end {

/// Two machines with a cable between them: network namespaces, which take root and, in a container,
/// capabilities that are not given by default.
class network_namespaces {
public:
    static constexpr char const* server_address = "10.77.0.1";

    network_namespaces();
    network_namespaces(network_namespaces const&) = delete;
    network_namespaces& operator=(network_namespaces const&) = delete;
    ~network_namespaces();

    /// Why there are none: what `ip` said. Empty when there are.
    std::string const& missing() const noexcept { return missing_; }

    /// The words that run a program on one of them.
    std::vector<std::string> on_server() const {
        return {"ip", "netns", "exec", name_ + "-server"};
    }
    std::vector<std::string> on_client() const {
        return {"ip", "netns", "exec", name_ + "-client"};
    }

    /// Pulls the cable out: no one is told anything.
    void cut();

private:
    bool run(std::string const& command);

    std::string name_;
    std::string missing_;
};

}  // namespace end_to_end
