#include <fibercast/testing/test_client.hpp>

#include "test_stream_state.hpp"

#include <fibercast/http/answered.hpp>
#include <fibercast/runtime/handler_stack.hpp>
#include <fibercast/testing/test_address.hpp>

#include <algorithm>
#include <utility>

namespace fibercast::testing {
namespace {

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
    auto made = std::make_unique<test_stream::state>(worker(), test_address(what.from), patience_);
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
