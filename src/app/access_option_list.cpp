#include "option_list.hpp"
#include "option_parsers.hpp"

#include "app/text/span_text.hpp"

#include <utility>
#include <vector>

namespace fibercast::app {
namespace {

using namespace option_parsers;

std::vector<std::pair<std::string_view, bool>> const switches{{"on", true}, {"off", false}};

std::vector<std::pair<std::string_view, bool>> const versions{{"1.0", false}, {"0.x", true}};

std::vector<std::pair<std::string_view, signing_algorithm>> const algorithms{
    {"HS256", signing_algorithm::hs256}, {"HS384", signing_algorithm::hs384},
    {"HS512", signing_algorithm::hs512}, {"RS256", signing_algorithm::rs256},
    {"PS256", signing_algorithm::ps256}, {"ES256", signing_algorithm::es256},
    {"EdDSA", signing_algorithm::eddsa}};

}  // namespace

std::vector<option_entry> access_option_list(access_options& to) {
    return {
        {"hub-url", "", "URL", to.hub_url,
         "the Mercure hub's URL as its clients know it; its path is the\nroute's",
         hub_url(to.hub_url, to.says_hub_url)},
        {"issuer", "", "ID", "", "who signs tokens, as their iss says", text(to.issuer)},
        {"jwt-key-file", "", "FILE", "",
         "its key, a public one in PEM or a secret, for publishing and\nsubscribing",
         path(to.key_file)},
        {"publisher-key-file", "", "FILE", "", "its key for publishing alone",
         path(to.publisher_key_file)},
        {"subscriber-key-file", "", "FILE", "", "its key for subscribing alone",
         path(to.subscriber_key_file)},
        {"jwks-file", "", "FILE", "", "its keys as a JWK Set", path(to.jwks_file)},
        {"jwt-algorithm", "", "ALGORITHM", "",
         "what the keys of these files, but for a JWK Set, are for:\n" + names(algorithms) +
             ";\nwithout it, what their kind says, and HS256 for a secret",
         choice(algorithms, to.algorithm)},
        {"audience", "", "TEXT", "",
         "what tokens must name as their aud; without it, the hub's URL", text(to.audience)},
        {"anonymous-subscribe", "", "WHAT", "on",
         "what may be subscribed to without a token: on, all; off, nothing;\nor topics and "
         "patterns, with commas between",
         anonymous(to.anonymous)},
        {"token-cookie", "", "NAME", std::string(usual_token_cookie),
         "where a browser keeps its token, with 0.x mercureAuthorization;\noff: nowhere",
         cookie(to.cookie)},
        {"authorization-server", "", "URLS", "",
         "who issues tokens, as the hub's metadata says, with commas\nbetween",
         texts(to.authorization_servers)},
        {"mercure", "", "on/off", "on", "whether the Mercure protocol is spoken",
         choice(switches, to.mercure)},
        {"mercure-subscriptions", "", "on/off", "off",
         "whether it is published, and listed, who has subscribed to what",
         choice(switches, to.subscriptions)},
        {"mercure-compatibility", "", "VERSION", "1.0",
         "1.0; or 0.x, whose tokens are checked less", choice(versions, to.compatible_with_0x)},
        {"stream-lifetime", "", "TIME", span_text(to.longest_stream),
         "after so long a Mercure stream ends, less up to a tenth; 0: never",
         span(to.longest_stream)},
    };
}

}  // namespace fibercast::app
