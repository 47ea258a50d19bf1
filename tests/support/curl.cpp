#include "support/curl.hpp"

namespace {

std::vector<std::string> words(std::string const& url, std::vector<std::string> const& options) {
    std::vector<std::string> all{"curl",        "--silent",  "--show-error",
                                 "--no-buffer", "--noproxy", "*"};
    all.insert(all.end(), options.begin(), options.end());
    all.push_back(url);
    return all;
}

}  // namespace

curl::curl(std::string const& url, std::vector<std::string> const& options)
    : process_(words(url, options), input_kind::nothing) {}

curl_stream::curl_stream(std::string const& url, std::vector<std::string> const& options)
    : curl(url, options) {
    output().until("data: Successfully connected\n\n");
}

std::string fetch(std::string const& url, std::vector<std::string> const& options) {
    curl running(url, options);
    auto text = running.output().until_end();
    if (running.wait() != 0)
        throw failure("curl failed: " + running.process().errors().until_end());
    return text;
}
