#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace end_to_end {

/// Two machines with a cable between them: network namespaces, which only root can make.
class network_namespaces {
public:
    static constexpr char const* server_address = "10.77.0.1";

    /// Nothing, when this is not allowed or there is no `ip`.
    static std::optional<network_namespaces> make();
    network_namespaces(network_namespaces&& from) noexcept : name_(std::exchange(from.name_, {})) {}
    network_namespaces& operator=(network_namespaces&&) = delete;
    ~network_namespaces();

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
    explicit network_namespaces(std::string name) : name_(std::move(name)) {}
    bool set_up();

    std::string name_;
};

}  // namespace end_to_end
