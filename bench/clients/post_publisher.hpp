#pragma once

#include "clients/endpoint.hpp"
#include "clients/publisher.hpp"
#include "process/unique_fd.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>
#include <string>

namespace bench {

/// HTTP POST, the message being the body: pipelined on one connection that is kept alive, so that a
/// burst is not held up by answers. An answer other than 2xx is a failure, and so is a connection
/// that the server closes while an answer is due. What is published to topics is POSTed to the
/// target's path with the topic in place of `{topic}`; where that has none, it leaves as lines of
/// JSON, all of them in one request.
class post_publisher : public publisher {
public:
    explicit post_publisher(endpoint const& target);

    int fd() const override { return socket_.get(); }
    void publish(std::string_view message) override;
    void publish_to(std::string_view topic, std::string_view message) override;
    void go_on() override;

private:
    using answer_parser = boost::beast::http::response_parser<boost::beast::http::string_body>;

    void post(std::string_view path, std::string_view type, std::string_view body);
    void take_lines();
    void send_pending();
    void receive_answers();
    void parse_answers();

    unique_fd socket_;
    endpoint target_;
    std::string lines_;  // of NDJSON, to leave together
    std::string pending_;
    boost::beast::flat_buffer received_;
    std::optional<answer_parser> answer_;
    int due_ = 0;  // answers
};

}  // namespace bench
