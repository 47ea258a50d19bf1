#include "access/hostile_tokens.hpp"

#include "access/bad_token.hpp"

#include <utility>

namespace {

using fault = fibercast::token_fault;

class table {
public:
    explicit table(test_issuers const& of) : of_(of) {}

    std::vector<hostile_token> all() {
        add_malformed();
        add_headers();
        add_signatures();
        add_claims();
        add_json();
        return std::move(all_);
    }

private:
    void add(std::string name, std::string text, fault why) {
        all_.push_back({std::move(name), std::move(text), std::string(name_of(why))});
    }
    void header(std::string name, std::string const& text, fault why) {
        add(std::move(name), signed_token(of_.es256, text, test_claims()), why);
    }
    void claims(std::string name, std::string const& text, fault why) {
        add(std::move(name), signed_token(of_.es256, es256_, text), why);
    }
    /// Its signature is right for the text, which is not encoded as it should be.
    void encoded(std::string name, std::string const& text) {
        add(std::move(name), text + '.' + base64url(of_.es256.sign(text)), fault::malformed);
    }

    void add_malformed();
    void add_headers();
    void add_signatures();
    void add_claims();
    void add_json();

    test_issuers const& of_;
    std::string const es256_ = test_header("ES256");
    std::string const good_ = good_token(of_.es256);
    std::vector<hostile_token> all_;
};

void table::add_malformed() {
    auto const first = base64url(es256_), second = base64url(test_claims());
    auto const signature = good_.substr(good_.rfind('.') + 1);
    add("one part", "abc", fault::malformed);
    add("two parts", first + '.' + second, fault::malformed);
    add("four parts", good_ + ".AAAA", fault::malformed);
    add("five parts, as of an encrypted one", good_ + ".AAAA.AAAA", fault::malformed);
    add("no signature", first + '.' + second + '.', fault::malformed);
    encoded("no header", '.' + second);
    encoded("no claims", first + '.');
    add("padding", good_ + "==", fault::malformed);
    encoded("base64 in place of base64url", first + '.' + second + "+/8");
    encoded("bits that mean nothing", base64url("{}") + ".e31");
    encoded("a length that no bytes have", first + '.' + second + "AAAAA");
    auto changed = good_;
    // 64 bytes end with four bits that mean nothing.
    changed.back() = changed.back() == 'A' ? 'B' : static_cast<char>(changed.back() + 1);
    add("a second text for its signature", changed, fault::malformed);
    add("longer than the limit", good_ + std::string(8192, 'A'), fault::too_long);
    claims("longer than the limit, signed",
           with_member(test_claims(), "x", '"' + std::string(7000, 'x') + '"'), fault::too_long);
}

void table::add_headers() {
    for (std::string const algorithm : {"none", "None", "NONE", "nOnE"}) {
        auto const text = base64url(test_header(algorithm)) + '.' + base64url(test_claims());
        add("algorithm " + algorithm + " and some signature", text + ".AAAA",
            fault::unknown_algorithm);
    }
    header("no algorithm", R"({"typ":"at+jwt"})", fault::unknown_algorithm);
    header("an algorithm in small letters", test_header("es256"), fault::unknown_algorithm);
    header("an algorithm that nobody supports", test_header("ES512"), fault::unknown_algorithm);
    header("an algorithm that is no string", with_member(es256_, "alg", "256"), fault::malformed);
    header("an algorithm for which there is no key", test_header("PS256"), fault::no_key);
    header("no type", without_member(es256_, "typ"), fault::wrong_type);
    header("the type JWT", with_member(es256_, "typ", R"("JWT")"), fault::wrong_type);
    header("the type of an ID token", with_member(es256_, "typ", R"("id+jwt")"), fault::wrong_type);
    header("another kind of type", with_member(es256_, "typ", R"("text/at+jwt")"),
           fault::wrong_type);
    header("a type that is no string", with_member(es256_, "typ", "[]"), fault::malformed);
    header("something critical", with_member(es256_, "crit", R"(["exp"])"), fault::critical_header);
    header("nothing that is critical", with_member(es256_, "crit", "[]"), fault::critical_header);
    header("unencoded claims",
           with_member(with_member(es256_, "b64", "false"), "crit", R"(["b64"])"),
           fault::critical_header);
    header("a kid that is no string", with_member(es256_, "kid", "1"), fault::malformed);
}

void table::add_signatures() {
    add("claims of one and the signature of another",
        base64url(es256_) + '.' + base64url(with_member(test_claims(), "sub", R"("root")")) +
            good_.substr(good_.rfind('.')),
        fault::bad_signature);
    add("a stranger's key", good_token(of_.strange), fault::bad_signature);
    for (std::string const name : {"jwk", "jku", "x5u", "x5c"}) {
        auto const value = name == "jwk"   ? of_.strange.jwk()
                           : name == "x5c" ? R"(["AAAA"])"
                                           : R"("https://attacker.example/keys")";
        add("a stranger's key, which it brings as " + name,
            signed_token(of_.strange, with_member(es256_, name, value), test_claims()),
            fault::brings_keys);
        header("a good signature, and a key as " + name, with_member(es256_, name, value),
               fault::brings_keys);
    }
    add("a stranger's key by the name of a trusted one",
        signed_token(of_.strange, with_member(es256_, "kid", R"("es")"), test_claims()),
        fault::bad_signature);
    auto const mac = [](std::string const& secret) {
        auto const text = base64url(test_header("HS256")) + '.' + base64url(test_claims());
        return text + '.' + base64url(signing_key::mac(secret, text));
    };
    add("a public key of RSA used as a secret", mac(of_.rs256.public_pem()), fault::bad_signature);
    add("a public key of P-256 used as a secret", mac(of_.es256.public_pem()),
        fault::bad_signature);
    add("an empty secret", mac(""), fault::bad_signature);
    add("a signature of zeros",
        good_.substr(0, good_.rfind('.') + 1) + base64url(std::string(64, '\0')),
        fault::bad_signature);
    add("the algorithm of one key and the signature of another",
        signed_token(of_.es256, test_header("RS256"), test_claims()), fault::bad_signature);
    add("a key for the other role", good_token(of_.publishes), fault::no_key);
    add("another issuer's key", signed_token(of_.of_other, test_header("EdDSA"), test_claims()),
        fault::no_key);
    add("an issuer's key under another's name",
        signed_token(of_.es256, es256_,
                     with_member(test_claims(), "iss", '"' + of_.other_id + '"')),
        fault::no_key);
}

void table::add_claims() {
    auto const good = test_claims();
    auto const at = [&](std::string_view name, std::int64_t time) {
        return with_member(good, name, std::to_string(time));
    };
    claims("no issuer", without_member(good, "iss"), fault::unknown_issuer);
    claims("a strange issuer", with_member(good, "iss", R"("https://evil.example")"),
           fault::unknown_issuer);
    claims("nearly the issuer", with_member(good, "iss", R"("https://issuer.example/")"),
           fault::unknown_issuer);
    claims("two issuers", with_member(good, "iss", R"(["https://issuer.example"])"),
           fault::malformed);
    claims("no audience", without_member(good, "aud"), fault::wrong_audience);
    claims("another audience", with_member(good, "aud", R"("https://other.example")"),
           fault::wrong_audience);
    claims("only a beginning of the audience",
           with_member(good, "aud", R"("https://hub.example.com")"), fault::wrong_audience);
    claims("other audiences", with_member(good, "aud", R"(["a","b"])"), fault::wrong_audience);
    claims("no audience in its list", with_member(good, "aud", "[]"), fault::wrong_audience);
    claims("an audience that is no string", with_member(good, "aud", "{}"), fault::malformed);
    claims("an audience among what is no string",
           with_member(good, "aud", R"([1,")" + test_hub + "\"]"), fault::malformed);
    claims("no end", without_member(good, "exp"), fault::no_expiry);
    claims("an end that is null", with_member(good, "exp", "null"), fault::malformed);
    claims("an end in words", with_member(good, "exp", R"("1800000300")"), fault::malformed);
    claims("an end before there was time", at("exp", -1), fault::malformed);
    claims("an end that is never", with_member(good, "exp", "1e300"), fault::malformed);
    claims("expired", at("exp", test_now - 300), fault::expired);
    claims("expired by a second beyond the leeway", at("exp", test_now - 11), fault::expired);
    claims("expired just beyond the leeway", at("exp", test_now - 10), fault::expired);
    claims("expired, with a part of a second", with_member(good, "exp", "1799999990.9"),
           fault::expired);
    claims("not valid for long", at("nbf", test_now + 300), fault::not_valid_yet);
    claims("not valid yet by a second beyond the leeway", at("nbf", test_now + 11),
           fault::not_valid_yet);
    claims("a beginning that is no number", with_member(good, "nbf", "{}"), fault::malformed);
    claims("a subject that is no string", with_member(good, "sub", "1"), fault::malformed);
}

void table::add_json() {
    auto const good = test_claims();
    header("the algorithm twice", with_one_more(es256_, R"("alg":"ES256")"), fault::malformed);
    header("the algorithm twice, once spelled with an escape",
           with_one_more(es256_, R"("al\u0067":"none")"), fault::malformed);
    header("a header that is no object", R"(["alg"])", fault::malformed);
    claims("the end twice", with_one_more(good, R"("exp":9999999999)"), fault::malformed);
    claims("a member twice, deeper", with_one_more(good, R"("x":{"y":{"z":1,"z":2}})"),
           fault::malformed);
    claims("claims that are no object", "[]", fault::malformed);
    claims("claims that are no JSON", "{", fault::malformed);
    claims("something behind the claims", good + "{}", fault::malformed);
    claims("a comment", "/**/" + good, fault::malformed);
    claims("JSON that is too deep",
           with_one_more(good, "\"x\":" + std::string(17, '[') + std::string(17, ']')),
           fault::malformed);
    claims("no UTF-8", with_one_more(good, "\"x\":\"\xff\""), fault::malformed);
    claims("half of a pair of surrogates", with_one_more(good, R"("x":"\ud800")"),
           fault::malformed);
    claims("a byte order mark", "\xef\xbb\xbf" + good, fault::malformed);
}

}  // namespace

std::vector<hostile_token> hostile_tokens(test_issuers const& of) {
    auto tokens = table(of).all();
    for (auto& each : hostile_details(of)) tokens.push_back(std::move(each));
    return tokens;
}
