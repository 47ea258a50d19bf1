#include <fibercast/testing/test_client.hpp>

#include "test_stream_state.hpp"

#include <fibercast/http/answered.hpp>
#include <fibercast/runtime/handler_stack.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <utility>

namespace fibercast::testing {
namespace {

constexpr std::uint16_t any_port = 4711;

socket_address address_of(std::string const& ip) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(any_port);
    if (::inet_pton(AF_INET6, ip.c_str(), &v6.sin6_addr) == 1)
        return socket_address(reinterpret_cast<sockaddr const&>(v6));
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(any_port);
    if (::inet_pton(AF_INET, ip.c_str(), &v4.sin_addr) != 1)
        throw std::invalid_argument(ip + " is no IP address");
    return socket_address(reinterpret_cast<sockaddr const&>(v4));
}

fields fields_of(test_request const& what) {
    fields all;
    for (auto const& [name, value] : what.fields) all.add(name, value);
    return all;
}

}  // namespace

test_client::test_client(handler of, std::chrono::milliseconds patience)
    : handler_(std::move(of)), patience_(patience), pool_({.workers = 1, .side_threads = 4}) {}

test_client::~test_client() = default;

test_stream test_client::open(test_request const& what) {
    auto made = std::make_unique<test_stream::state>(worker(), address_of(what.from), patience_);
    request const asked(what.method, what.target, fields_of(what), what.body, &made->out);
    worker().call([&] {
        made->made = on_handler_stack([&] { return answered(asked, handler_); });
        made->start();
    });
    return test_stream(std::move(made));
}

test_answer test_client::ask(test_request const& what) {
    auto stream = open(what);
    stream.wait_for_end();
    return {stream.status(), stream.state_->made.fields(), stream.text(), stream.unfinished()};
}

test_answer test_client::post(std::string target, std::string body, std::vector<field> fields) {
    bool const typed = std::any_of(fields.begin(), fields.end(), [](field const& each) {
        return equal_ignoring_case(each.name, "Content-Type");
    });
    if (!typed) fields.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    return ask({.target = std::move(target),
                .method = "POST",
                .fields = std::move(fields),
                .body = std::move(body)});
}

}  // namespace fibercast::testing
