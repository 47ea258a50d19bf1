#include "http/media_type.hpp"

#include "support/catch.hpp"

#include <fibercast/http/request_error.hpp>

#include <string>
#include <utility>

using namespace fibercast;

namespace {

request with(std::string const& type, std::string const& coding = {}) {
    fields all;
    all.add("Content-Type", type);
    if (!coding.empty()) all.add("Content-Encoding", coding);
    return request("POST", "/", std::move(all), "{}");
}

}  // namespace

TEST_CASE("a media type is told apart by neither case nor parameters") {
    CHECK(media_type_in("text/html") == "text/html");
    CHECK(media_type_in("Application/JSON ; charset=UTF-8;x=y") == "application/json");
    CHECK(media_type_in(" text/html\t") == "text/html");
    CHECK(media_type_in("") == "");
    CHECK(media_type_in(";charset=UTF-8") == "");
}

TEST_CASE("a body is read as what it says that it is, and as it is") {
    CHECK(body_of_type(with("application/Json;q"), "application/json", "it") == "{}");
    CHECK_THROWS_WITH(body_of_type(with("text/json"), "application/json", "it"),
                      "it of another type");
    CHECK_THROWS_WITH(body_of_type(request("POST", "/"), "application/json", "it"),
                      "it of another type");
    auto const encoded = with("application/json", "gzip");
    CHECK_THROWS_AS(body_of_type(encoded, "application/json", "it"), request_error);
    CHECK_THROWS_WITH(plain_body(encoded), "an encoded body is not understood");
}
