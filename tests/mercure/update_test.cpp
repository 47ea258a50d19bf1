#include "mercure/update.hpp"
#include "support/catch.hpp"

#include <fibercast/http/request_error.hpp>

#include <string>

using fibercast::request;
using fibercast::status;
using fibercast::mercure::read_update;
using fibercast::mercure::update;
using namespace std::chrono_literals;

namespace {

request posted(std::string form,
               std::string const& type = "application/x-www-form-urlencoded; charset=UTF-8") {
    fibercast::fields fields;
    fields.add("Content-Type", type);
    return request("POST", "/.well-known/mercure", fields, std::move(form));
}

update read(std::string form) { return read_update(posted(std::move(form))); }

/// What a form is refused with.
status refused(std::string form) {
    try {
        read(std::move(form));
    } catch (fibercast::request_error const& wrong) {
        return wrong.status();
    }
    return status::ok;
}

}  // namespace

TEST_CASE("an update has all that its form says") {
    auto const all = read(
        "topic=https%3A%2F%2Fexample.com%2Fbooks%2F1&topic=b&data=two%0Alines&private=on"
        "&id=urn%3Auuid%3A5e94c686&type=changed&retry=2500&unknown=ignored");
    CHECK(all.topics == std::vector<std::string>{"https://example.com/books/1", "b"});
    CHECK(all.data == "two\nlines");
    CHECK(all.is_private);
    CHECK(all.id == "urn:uuid:5e94c686");
    CHECK(all.type == "changed");
    CHECK(all.retry == 2'500ms);
}

TEST_CASE("an update needs no more than a topic") {
    auto const all = read("topic=a");
    CHECK(all.topics == std::vector<std::string>{"a"});
    CHECK(all.data.empty());
    CHECK_FALSE(all.is_private);
    CHECK_FALSE(all.id);
    CHECK_FALSE(all.type);
    CHECK_FALSE(all.retry);
}

TEST_CASE("an update is private by the field's name alone") {
    for (auto const* const field : {"private", "private=", "private=off", "private=0"})
        CHECK(read("topic=a&" + std::string(field)).is_private);
    CHECK_FALSE(read("topic=a&Private=on").is_private);
}

TEST_CASE("fields of an update that were left blank are none") {
    auto const all = read("topic=a&id=&type=&retry=&data=");
    CHECK_FALSE(all.id);
    CHECK_FALSE(all.type);
    CHECK_FALSE(all.retry);
}

TEST_CASE("updates that break a rule are refused") {
    std::string const long_text(2'000, 'x');
    struct wrong {
        std::string form;
        status code;
    };
    auto const bad = status::bad_request;
    for (auto const& [form, code] : {
             wrong{"", bad},
             wrong{"data=x", bad},
             wrong{"topic=", bad},
             wrong{"topic=a&topic=*", bad},
             wrong{"topic=*", bad},
             wrong{"topic=a%0Ab", bad},        // C0
             wrong{"topic=a%7F", bad},         // DEL
             wrong{"topic=a%C2%85", bad},      // C1
             wrong{"topic=a%E2%80%AEb", bad},  // Cf: right-to-left override
             wrong{"topic=a%FF", bad},         // no UTF-8          // a broken percent-encoding
             wrong{"topic=" + long_text, status::payload_too_large},
             wrong{"topic=a&data=%FF", bad},
             wrong{"topic=a&id=%23mine", bad},
             wrong{"topic=a&id=earliest", bad},
             wrong{"topic=a&id=a%00b", bad},
             wrong{"topic=a&id=a%0Aevent:b", bad},
             wrong{"topic=a&id=a%E2%80%8Bb", bad},
             wrong{"topic=a&id=" + long_text, status::payload_too_large},
             wrong{"topic=a&type=mercure", bad},
             wrong{"topic=a&type=fibercast.gap", bad},
             wrong{"topic=a&type=a%0D", bad},
             wrong{"topic=a&type=" + long_text, status::payload_too_large},
             wrong{"topic=a&retry=-1", bad},
             wrong{"topic=a&retry=1s", bad},
             wrong{"topic=a&retry=+1", bad},
             wrong{"topic=a&retry=99999999999999999999", status::payload_too_large},
         }) {
        INFO(form);
        CHECK(refused(form) == code);
    }
    std::string many = "topic=a";
    for (int i = 0; i < 100; ++i) many += "&topic=a" + std::to_string(i);
    CHECK(refused(many) == status::payload_too_large);
    std::string unknown = "topic=a";
    for (int i = 0; i < 1000; ++i) unknown += "&a";
    CHECK(refused(unknown) == status::payload_too_large);
}

TEST_CASE("an update that is no form is refused") {
    for (auto const* const type : {"application/json", "multipart/form-data", ""}) {
        try {
            read_update(posted("topic=a", type));
            FAIL("was taken");
        } catch (fibercast::request_error const& wrong) {
            CHECK(wrong.status() == status::unsupported_media_type);
        }
    }
}
