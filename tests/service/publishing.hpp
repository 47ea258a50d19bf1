#pragma once

#include "service/service_under_test.hpp"

#include <fibercast/service/publishing.hpp>
#include <fibercast/service/subscribing.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

/// A server on which everything can be published, and that has the stream.
class publishing : public service_under_test {
public:
    explicit publishing(fibercast::hub_options const& settings = with_history(),
                        fibercast::publish_options const& how = {})
        : service_under_test(settings) {
        fibercast::publisher const by(clients, how);
        routes.get("/", fibercast::subscribe_to(clients));
        routes.post("/broadcast", by.broadcasting());
        routes.post("/topics/{topic...}", by.to_topic());
        routes.post("/publish", by.to_topics());
        start();
    }

    /// curl -d
    std::string post(std::string const& path, std::string const& body,
                     std::vector<std::string> options = {}) {
        options.insert(options.end(), {"-i", "--data-binary", body});
        return fetch(url(path), options);
    }
    std::string post_as(std::string const& type, std::string const& path, std::string const& body) {
        return post(path, body, {"-H", "Content-Type: " + type});
    }

    /// What is wrong, which must be the asker's fault.
    static std::string complaint(std::string const& answer) {
        CHECK_THAT(answer, StartsWith("HTTP/1.1 400 Bad Request\r\n") &&
                               ContainsSubstring("Content-Type: text/plain; charset=utf-8\r\n"));
        return body_of(answer);
    }

    /// All that a stream of `earliest` gets.
    std::string kept(std::string const& query = "topic=*") {
        curl stream(url("/?last_event_id=earliest&" + query));
        REQUIRE(eventually([&] { return clients.size() == 1; }));
        clients.broadcast(fibercast::event("end"));
        auto text = without_ids(stream.output().until("data: end\n\n"));
        text.resize(text.size() - std::string("data: end\n\n").size());
        return text;
    }
};
