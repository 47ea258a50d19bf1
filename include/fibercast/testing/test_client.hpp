#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/fields.hpp>
#include <fibercast/http/handler.hpp>
#include <fibercast/http/status.hpp>
#include <fibercast/runtime/worker_pool.hpp>
#include <fibercast/testing/event_reader.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast::testing {

/// What a test has waited for has not come.
struct FIBERCAST_API failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What is asked of a handler.
struct test_request {
    std::string target = "/";
    std::string method = "GET";
    std::vector<field> fields = {};
    std::string body = {};
    std::string from = "192.0.2.1";  ///< See `test_address`.
};

/// What a handler has answered, to its end. Without what the connection adds: Content-Length and
/// Transfer-Encoding, and what it leaves out, such as the body of an answer to HEAD.
struct test_answer {
    fibercast::status status;
    fibercast::fields fields;
    std::string body;
    bool unfinished = false;  ///< The body is not to be seen as the whole.

    /// The first field of that name; empty without one.
    std::string_view field(std::string_view name) const noexcept {
        return fields.find(name).value_or("");
    }
};

/// A body that is being written: what its client sees. Going out of scope it leaves, as one does
/// that closes its page. Any thread, one call at a time; the `test_client` must outlive it.
class FIBERCAST_API test_stream {
public:
    ~test_stream();
    test_stream(test_stream&&) noexcept;
    test_stream& operator=(test_stream&&) = delete;

    fibercast::status status() const noexcept;
    /// The first field of that name; empty without one.
    std::string_view field(std::string_view name) const noexcept;

    /// The next event. Throws `failure` when none comes, or the stream ends.
    received_event next();

    /// Waits for the end of the body. Throws `failure` when it does not come. What has come and was
    /// not looked at is still there.
    void wait_for_end();
    /// Waits until that has come, in what is not looked at by `next`: for bodies that are no events.
    /// Throws `failure`.
    void wait_for(std::string_view text);

    bool ended() const;
    /// All that has come.
    std::string text() const;
    /// See `output::leave_unfinished`.
    bool unfinished() const;

    /// The client takes nothing more: whoever writes to it waits.
    void stop_reading();
    void read_on();
    /// The client has gone.
    void leave();
    /// The server drains.
    void drain();

private:
    friend class test_client;
    struct FIBERCAST_HIDDEN state;
    explicit test_stream(std::unique_ptr<state> of) noexcept;
    std::unique_ptr<state> state_;
};

/// Asks a handler without a server and without sockets, on a worker of its own:
///
///     fibercast::hub clients;
///     fibercast::testing::test_client client(fibercast::subscribe_to(clients));
///     auto news = client.open({.target = "/?topic=news"});
///     clients.publish({"news"}, fibercast::event("Hello"));
///     news.next();                            // the greeting
///     assert(news.next().data == "Hello");
///
/// Declare it behind what the handler uses, a hub for instance, and before its streams. Where a test
/// would wait for ever, it throws `failure` after the patience that it was given. Throws as
/// `worker_pool` when there is no thread. Any thread but its worker.
class FIBERCAST_API test_client {
public:
    explicit test_client(handler of, std::chrono::milliseconds patience = std::chrono::seconds(10));
    ~test_client();
    test_client(test_client const&) = delete;
    test_client& operator=(test_client const&) = delete;

    /// The answer to its end. What the handler throws is the answer that a server makes of it.
    /// Throws `failure` when the body does not end, and `std::invalid_argument` for a request that
    /// is none.
    test_answer ask(test_request const& what);
    test_answer get(std::string target) { return ask({.target = std::move(target)}); }
    /// As a form, unless the fields say otherwise.
    test_answer post(std::string target, std::string body, std::vector<field> fields = {});

    /// The answer as its body is written. Throws as `ask`.
    test_stream open(test_request const& what);
    test_stream open(std::string target) { return open(test_request{.target = std::move(target)}); }

    /// Its worker, for what has to run there.
    fibercast::worker& worker() noexcept { return pool_[0]; }

private:
    handler const handler_;
    std::chrono::milliseconds const patience_;
    worker_pool pool_;
};

}  // namespace fibercast::testing
