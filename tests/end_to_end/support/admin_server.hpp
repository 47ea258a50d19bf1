#pragma once

#include "server_process.hpp"

#include <string>
#include <vector>

namespace end_to_end {

/// A server with an admin address, on a free port unless the options say which.
class admin_server : public server_process {
public:
    explicit admin_server(std::vector<std::string> const& options = {});

    /// As its start-up line says: `http://127.0.0.1:40123` and the path.
    std::string admin(std::string const& path) const { return admin_ + path; }

private:
    std::string admin_;
};

/// The options that give it a free port of a loopback address that only this process uses: so the
/// port is still free for a restart. On 127.0.0.1 it may be anybody's by then.
std::vector<std::string> own_loopback_address();

}  // namespace end_to_end
