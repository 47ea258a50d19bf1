#pragma once

#include <fibercast/http/router.hpp>
#include <fibercast/server/server.hpp>

#include <string>
#include <vector>

/// Serves published scripts as a CDN does: to pages of any origin.
class bundle_server {
public:
    /// By their paths behind `node_modules/`. Throws `failure`, with the word for ctest, where one
    /// has not been fetched.
    explicit bundle_server(std::vector<std::string> const& files);

    /// Of one of them.
    std::string url(std::string const& file) const;

private:
    fibercast::router routes_;
    fibercast::server server_;
};
