#include <fibercast/access/key_ring.hpp>

#include "support/catch.hpp"
#include "support/temporary_file.hpp"
#include "tokens/test_keys.hpp"

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

using fibercast::key_file;
using fibercast::key_ring;
using fibercast::signing_algorithm;
using fibercast::token_role;

namespace {

void write(temporary_file const& to, std::string const& text) {
    std::ofstream(to.path(), std::ios::binary) << text;
}

std::string const secret(32, 's');
std::string const other_secret(40, 't');

}  // namespace

TEST_CASE("a file has a public key, a secret or a JWK Set") {
    signing_key const rsa(signing_algorithm::rs256), ed(signing_algorithm::eddsa);
    temporary_file const pem(rsa.public_pem()), text(secret + '\n');
    temporary_file const set(R"({"keys":[)" + ed.jwk(R"(,"kid":"k")") + "]}");
    auto const keys = fibercast::load_keys(
        {{.issuer = "https://a.example", .path = pem.path(), .algorithm = signing_algorithm::ps256},
         {.issuer = "https://b.example", .path = text.path(), .publish = false},
         {.issuer = "https://a.example",
          .path = set.path(),
          .content = key_file::format::jwk_set,
          .subscribe = false}});
    REQUIRE(keys.issuers.size() == 2);
    auto const* const a = keys.find("https://a.example");
    REQUIRE(a != nullptr);
    REQUIRE(a->keys.size() == 2);
    CHECK(a->keys[0].key.algorithm() == signing_algorithm::ps256);
    CHECK(a->keys[0].serves(token_role::publish));
    CHECK(a->keys[0].serves(token_role::subscribe));
    CHECK(a->keys[1].key.id() == "k");
    CHECK(a->keys[1].serves(token_role::publish));
    CHECK_FALSE(a->keys[1].serves(token_role::subscribe));
    auto const* const b = keys.find("https://b.example");
    REQUIRE(b != nullptr);
    CHECK(b->keys[0].key.verify("text", signing_key::mac(secret, "text")));
    CHECK_FALSE(b->keys[0].serves(token_role::publish));
    CHECK(keys.find("https://a.example/") == nullptr);
}

TEST_CASE("only one line's end at the end of a file is not of the secret") {
    for (auto const& [end, of_secret] : std::vector<std::pair<std::string, std::string>>{
             {"", ""}, {"\n", ""}, {"\r\n", ""}, {"\n\n", "\n"}, {" \n", " "}}) {
        temporary_file const file(secret + end);
        auto const keys = fibercast::load_keys({{.issuer = "i", .path = file.path()}});
        CHECK(keys.issuers[0].keys[0].key.verify("text",
                                                 signing_key::mac(secret + of_secret, "text")));
    }
}

TEST_CASE("what is wrong with a file is said with its path") {
    temporary_file const weak("secret"), large(std::string(70'000, 'x'));
    for (std::string const& path : {weak.path(), large.path(), std::string("/nowhere"),
                                    std::string("/"), std::string("/dev/null")}) {
        INFO(path);
        CHECK_THROWS_WITH(fibercast::load_keys({{.issuer = "i", .path = path}}),
                          StartsWith(path + ": "));
        CHECK_THROWS_WITH(
            fibercast::load_keys(
                {{.issuer = "i", .path = path, .content = key_file::format::jwk_set}}),
            StartsWith(path + ": "));
    }
}

TEST_CASE("keys are read again, and stay when the file is bad") {
    temporary_file const file(secret);
    key_ring ring({{.issuer = "i", .path = file.path()}});
    auto const before = ring.keys();
    write(file, "short");
    CHECK_THROWS_AS(ring.reload(), std::runtime_error);
    CHECK(ring.keys() == before);
    write(file, other_secret);
    ring.reload();
    CHECK(ring.keys() != before);
    CHECK(ring.keys()->issuers[0].keys[0].key.verify("t", signing_key::mac(other_secret, "t")));
    // Who verifies meanwhile has the keys that it began with.
    CHECK(before->issuers[0].keys[0].key.verify("t", signing_key::mac(secret, "t")));
}

TEST_CASE("only a file that has changed is read again") {
    temporary_file const file(secret);
    key_ring ring({{.issuer = "i", .path = file.path()}});
    auto const before = ring.keys();
    CHECK_FALSE(ring.reload_if_changed());
    CHECK(ring.keys() == before);
    write(file, other_secret);
    CHECK(ring.reload_if_changed());
    CHECK(ring.keys() != before);
    CHECK_FALSE(ring.reload_if_changed());
    write(file, "short");
    CHECK_THROWS_AS(ring.reload_if_changed(), std::runtime_error);
    CHECK_FALSE(ring.reload_if_changed());  // it was said
    write(file, secret);
    CHECK(ring.reload_if_changed());
    CHECK(ring.keys()->issuers[0].keys[0].key.verify("t", signing_key::mac(secret, "t")));
}
