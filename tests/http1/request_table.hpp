#pragma once

#include <fibercast/http/status.hpp>

#include <string>
#include <vector>

// What a server must not take, and what it must: a table, for any test that asks.

/// A request that must be refused, and what is wrong with it.
struct rejected_request {
    char const* what;
    std::string request;
    fibercast::status answer = fibercast::status::bad_request;
};

/// Requests of which the same part is wrong.
struct rejected_table {
    char const* part;
    std::vector<rejected_request> requests;
};

std::vector<rejected_table> const& rejected_tables();

/// A request that must be served, by the routes of `example_routes.hpp` with status 200.
struct accepted_request {
    char const* what;
    std::string request;
};

std::vector<accepted_request> const& accepted_requests();
