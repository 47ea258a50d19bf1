#pragma once

#include "server/server_under_test.hpp"
#include "support/curl.hpp"
#include "support/without_ids.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

/// A server for one test whose hub keeps events, and no heartbeat comes between them.
class service_under_test : public server_under_test {
public:
    service_under_test() : service_under_test(with_history()) {}
    explicit service_under_test(fibercast::hub_options const& settings)
        : server_under_test(settings) {}

    static fibercast::hub_options with_history() {
        fibercast::hub_options settings;
        settings.heartbeat = std::chrono::milliseconds(0);
        return settings;
    }

    /// After `start`.
    std::string url(std::string const& path) {
        return fmt::format("http://127.0.0.1:{}{}", server().address().port(), path);
    }

    /// What curl gets for it: the head and the body.
    std::string get(std::string const& path, std::vector<std::string> options = {}) {
        options.emplace_back("-i");
        return fetch(url(path), options);
    }
};

/// What is behind the head.
inline std::string body_of(std::string const& answer) {
    return answer.substr(answer.find("\r\n\r\n") + 4);
}
