#pragma once

#include "http1/request_body.hpp"
#include "support/eventually.hpp"
#include "support/open_descriptors.hpp"
#include "support/tcp_client.hpp"

#include <fibercast/fibercast.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A server with two workers and a hub for one test. Checks at its end that no client, no
/// connection, no request's body and no descriptor is left, so declare the test's clients after it.
class server_under_test {
public:
    server_under_test() : server_under_test(without_history()) {}
    explicit server_under_test(fibercast::hub_options const& hub_options) : clients(hub_options) {
        settings.port = 0;
        settings.workers = 2;
        routes.get("/", [](fibercast::request const&) {
            return fibercast::response::text(fibercast::status::ok, "hello");
        });
        routes.get("/events", [this](fibercast::request const&) {
            auto client = clients.join();
            client.send(fibercast::event("welcome"));
            return fibercast::event_stream(std::move(client));
        });
    }

    ~server_under_test() {
        if (server_) {
            server_->stop();
            CHECK(server_->stats().connections == 0);
            server_.reset();
        }
        CHECK(clients.size() == 0);
        CHECK(fibercast::request_body::held_by_all() == 0);
        CHECK(open_descriptors() == descriptors_before_);
    }
    server_under_test(server_under_test const&) = delete;
    server_under_test& operator=(server_under_test const&) = delete;

    /// Events alone go over the wire, without ids, and who is too slow is ended.
    static fibercast::hub_options without_history() {
        fibercast::hub_options settings;
        settings.history = 0;
        return settings;
    }

    /// After `routes` and `settings` are as the test wants them: the server, still to be started.
    fibercast::server& prepare() { return server_.emplace(routes, settings); }

    fibercast::server& start() {
        prepare().start();
        return *server_;
    }

    /// After `start`.
    fibercast::server& server() { return *server_; }

    /// Stops the server and starts another one on the same port.
    fibercast::server& restart() {
        settings.port = server_->address().port();
        CHECK(server_->stop());
        return start();
    }

    tcp_client connect(int receive_buffer = 0) const {
        return tcp_client(server_->address().port(), receive_buffer);
    }

    /// Connects and asks for a path; the answer is still to be read.
    tcp_client ask(std::string const& path, int receive_buffer = 0) const {
        auto asking = connect(receive_buffer);
        asking.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return asking;
    }

    /// A client of the hub that has read its welcome, and nothing of what comes after it.
    tcp_client stream(int receive_buffer = 0) const {
        auto streaming = ask("/events", receive_buffer);
        streaming.read_until("data: welcome\n\n\r\n");
        return streaming;
    }

    std::vector<tcp_client> streams(std::size_t count) const {
        std::vector<tcp_client> all;
        for (std::size_t i = 0; i < count; ++i) all.push_back(ask("/events"));
        for (auto& each : all) each.read_until("data: welcome\n\n\r\n");
        return all;
    }

    void broadcast(std::string data) { clients.broadcast(fibercast::event(std::move(data))); }

private:
    std::size_t const descriptors_before_ = open_descriptors();

public:
    fibercast::hub clients;
    fibercast::router routes;
    fibercast::server::options settings;

private:
    std::optional<fibercast::server> server_;
};
