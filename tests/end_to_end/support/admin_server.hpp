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

}  // namespace end_to_end
