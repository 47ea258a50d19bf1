#include <fibercast/access/with_bearer.hpp>

#include "support/catch.hpp"
#include "support/with_workers.hpp"
#include "tokens/token_maker.hpp"

#include <fibercast/runtime/handler_stack.hpp>

#include <string>
#include <utility>
#include <vector>

using fibercast::response;
using fibercast::status;

namespace {

class fixture : public with_workers {
protected:
    /// As a connection calls its handler.
    status ask(std::size_t worker, std::string const& token) {
        return on_worker(worker, [&] {
            fibercast::fields fields;
            fields.add("Authorization", "Bearer " + token);
            fibercast::request const asked("GET", "/", std::move(fields));
            return fibercast::on_handler_stack([&] { return handler_(asked).status(); });
        });
    }

    test_issuers issuers_;
    test_verifier verifier_{issuers_};
    fibercast::handler handler_ =
        with_bearer(verifier_.it, {}, [](fibercast::request const&, fibercast::grant_ptr const&) {
            return response::plain(status::ok);
        });
};

}  // namespace

TEST_CASE_METHOD(fixture, "handlers of all workers share what was verified") {
    auto const& issuers = issuers_;
    for (auto const* const key : {&issuers.es256, &issuers.rs256, &issuers.hs256}) {
        auto const token = good_token(*key);
        auto const before = verifier_.it->stats().signature_checks;
        CHECK(ask(0, token) == status::ok);
        CHECK(ask(1, token) == status::ok);
        CHECK(verifier_.it->stats().signature_checks == before + 1);
        CHECK(ask(1, token + "A") == status::unauthorized);
    }
}

TEST_CASE_METHOD(fixture, "the deepest claims and the longest patterns fit a handler's stack") {
    auto const pattern = "/((?:" + std::string(20, 'a') + "b?){1,10})" + std::string(200, 'c');
    auto const deep = std::string(14, '[') + std::string(14, ']');
    auto const claims = with_one_more(
        claims_with_details(
            R"([{"type":"https://mercure.rocks/authorization-detail","actions":["subscribe"],)"
            R"("topics":[{"match":")" +
            pattern + R"(","match_type":"urlpattern"}]}])"),
        "\"x\":" + deep);
    CHECK(ask(0, signed_token(issuers_.es256, test_header("ES256"), claims)) == status::ok);
}
