#pragma once

#include <string>
#include <vector>

namespace fibercast::app {

/// The sockets that a service manager has opened for this process, see sd_listen_fds(3); none if it
/// has not. Owns their descriptors, so make it before anything else is opened.
class activation {
public:
    /// The others follow it.
    static constexpr int first_descriptor = 3;

    /// Of LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES. A socket named `admin` is for operators; one
    /// named `public`, or that nobody has named, is for clients. Throws `std::invalid_argument`
    /// when one has another name, `std::system_error` when there is no such descriptor.
    activation(std::string const& process, std::string const& count, std::string const& names,
               int first = first_descriptor);
    ~activation() { close(); }
    activation(activation const&) = delete;
    activation& operator=(activation const&) = delete;

    std::vector<int> const& for_clients() const noexcept { return for_clients_; }
    std::vector<int> const& for_operators() const noexcept { return for_operators_; }

    /// Closes them, as soon as others have copies. Idempotent.
    void close() noexcept;

private:
    std::vector<int> for_clients_;
    std::vector<int> for_operators_;
};

}  // namespace fibercast::app
