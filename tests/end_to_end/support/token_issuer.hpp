#pragma once

#include "support/curl.hpp"
#include "support/temporary_folder.hpp"
#include "tokens/token_maker.hpp"

#include <chrono>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace end_to_end {

/// An issuer's secret in a file.
struct token_issuer {
    token_issuer() { write(); }

    void write() const { std::ofstream(file) << key.secret() << '\n'; }
    void replace() {
        key = other_key();
        write();
    }

    /// Allows these actions, between commas, on what these matchers are for; for so long.
    std::string token(std::string const& actions, std::string const& matchers = everything,
                      std::chrono::seconds good = std::chrono::minutes(5)) const {
        auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        auto const details =
            R"([{"type":"https://mercure.rocks/authorization-detail","actions":[)" + actions +
            R"(],"topics":[)" + matchers + "]}]";
        auto const claims = with_member(claims_with_details(details), "exp",
                                        std::to_string((now + good).time_since_epoch().count()));
        return signed_token(key, test_header("HS256"), claims);
    }
    std::string publishing(std::string const& matchers = everything) const {
        return token(R"("publish")", matchers);
    }
    std::string reading(std::string const& matchers = everything) const {
        return token(R"("subscribe")", matchers);
    }

    /// A server's, that trusts it; `key_option` is what its key is for.
    std::vector<std::string> options(std::string const& key_option = "jwt-key-file",
                                     std::vector<std::string> more = {}) const {
        more.insert(more.end(), {"--hub-url", test_hub, "--issuer", "https://issuer.example",
                                 "--" + key_option, file});
        return more;
    }

    static signing_key other_key() {
        static int number = 0;
        return {fibercast::signing_algorithm::hs256,
                "a secret of more than 32 bytes, number " + std::to_string(++number)};
    }

    static constexpr auto everything = R"({"match":"*"})";

    temporary_folder const folder;
    signing_key key = other_key();
    std::string const file = (folder.path() / "key").string();
};

/// curl's options for whoever shows a token.
inline std::vector<std::string> bearer(std::string const& token,
                                       std::vector<std::string> more = {}) {
    if (!token.empty()) more.insert(more.end(), {"-H", "Authorization: Bearer " + token});
    return more;
}

/// Has curl print the status and nothing else.
inline std::string status_of(std::string const& url, std::vector<std::string> options = {}) {
    options.insert(options.end(), {"-s", "-o", "/dev/null", "-w", "%{http_code}", "-m", "10"});
    return fetch(url, options);
}

}  // namespace end_to_end
