#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/status.hpp>

#include <stdexcept>
#include <string>

namespace fibercast {

/// Leaves a handler when the request is at fault and not the handler: the response has this status
/// instead of 500. `what()` goes to the log, not to the client.
class FIBERCAST_API request_error : public std::runtime_error {
public:
    explicit request_error(std::string const& why, fibercast::status code = status::bad_request)
        : std::runtime_error(why), status_(code) {}

    fibercast::status status() const noexcept { return status_; }

private:
    fibercast::status status_;
};

}  // namespace fibercast
