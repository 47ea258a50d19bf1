#include "host.hpp"
#include "http/utf8.hpp"
#include "path.hpp"
#include "percent_encode.hpp"

#include <fibercast/url/url.hpp>

#include <algorithm>
#include <utility>

// The basic URL parser of the standard, without its state override:
// https://url.spec.whatwg.org/#url-parsing

namespace fibercast {
namespace {

bool is_alpha(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::string without_what_is_stripped(std::string_view text) {
    auto const stripped = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!text.empty() && stripped(text.front())) text.remove_prefix(1);
    while (!text.empty() && stripped(text.back())) text.remove_suffix(1);
    std::string made(text);
    std::erase_if(made, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
    return made;
}

/// The scheme before the ':', in small letters; empty when there is none.
std::string scheme_of(std::string_view text) {
    auto const colon = text.find(':');
    if (colon == text.npos || colon == 0 || !is_alpha(text[0])) return {};
    std::string scheme(text.substr(0, colon));
    for (char& c : scheme) {
        if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return {};
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return scheme;
}

class reader {
public:
    reader(std::string_view text, url const* base) : rest_(text), base_(base) {}

    std::optional<url> read() {
        auto scheme = scheme_of(rest_);
        bool const fits = scheme.empty() ? read_without_scheme() : read_after(std::move(scheme));
        if (!fits) return std::nullopt;
        return std::move(made_);
    }

private:
    bool special() const noexcept { return is_special_scheme(made_.scheme); }
    bool is_slash(char c) const noexcept { return c == '/' || (c == '\\' && special()); }
    bool at_slash() const noexcept { return !rest_.empty() && is_slash(rest_.front()); }
    bool at_two_slashes() const noexcept {
        return at_slash() && rest_.size() > 1 && is_slash(rest_[1]);
    }

    bool read_without_scheme() {
        if (base_ == nullptr) return false;
        if (base_->opaque_path && !rest_.starts_with('#')) return false;
        made_.scheme = base_->scheme;
        made_.opaque_path = base_->opaque_path;
        return made_.scheme == "file" ? read_file() : read_relative();
    }

    bool read_after(std::string scheme) {
        rest_.remove_prefix(scheme.size() + 1);
        made_.scheme = std::move(scheme);
        if (made_.scheme == "file") {
            if (base_ != nullptr && base_->scheme != "file") base_ = nullptr;
            return read_file();
        }
        if (special()) {
            bool const as_base = base_ != nullptr && base_->scheme == made_.scheme;
            if (as_base && !rest_.starts_with("//")) return read_relative();
            return read_special_authority();
        }
        if (rest_.starts_with("//")) {
            rest_.remove_prefix(2);
            return read_authority();
        }
        if (rest_.starts_with('/')) return read_path_start();
        made_.opaque_path = true;
        auto const path = rest_.substr(0, rest_.find_first_of("?#"));
        made_.path = opaque_path_of(path, path.size() < rest_.size());
        rest_.remove_prefix(path.size());
        return read_query();
    }

    bool read_special_authority() {
        while (at_slash()) rest_.remove_prefix(1);
        return read_authority();
    }

    void take_authority_of_base() {
        made_.username = base_->username;
        made_.password = base_->password;
        made_.host = base_->host;
        made_.port = base_->port;
    }

    bool read_relative() {
        if (at_two_slashes()) {
            if (special()) return read_special_authority();
            rest_.remove_prefix(2);
            return read_authority();
        }
        take_authority_of_base();
        return at_slash() ? read_path_start() : read_behind_base();
    }

    /// What is neither an authority nor an absolute path.
    bool read_behind_base() {
        made_.path = base_->path;
        if (rest_.empty() || rest_.front() == '#') made_.query = base_->query;
        if (rest_.empty() || rest_.front() == '#' || rest_.front() == '?') return read_query();
        shorten_path(made_.path);
        return read_segments();
    }

    bool read_file() {
        made_.host = "";
        if (at_two_slashes()) {
            rest_.remove_prefix(2);
            auto const name = rest_.substr(0, rest_.find_first_of("/\\?#"));
            rest_.remove_prefix(name.size());
            if (!name.empty()) made_.host = parse_host(name, true);
            if (made_.host == "localhost") made_.host = "";
            return made_.host && read_path_start();
        }
        if (base_ != nullptr) made_.host = base_->host;
        if (at_slash() || base_ == nullptr) return read_path_start();
        return read_behind_base();
    }

    bool read_authority() {
        auto authority = rest_.substr(0, rest_.find_first_of(special() ? "/\\?#" : "/?#"));
        rest_.remove_prefix(authority.size());
        if (auto const at = authority.rfind('@'); at != authority.npos) {
            auto const colon = std::min(authority.find(':'), at);
            made_.username = percent_encoded(authority.substr(0, colon), percent_set::userinfo);
            if (colon < at) {
                made_.password = percent_encoded(authority.substr(colon + 1, at - colon - 1),
                                                 percent_set::userinfo);
            }
            authority.remove_prefix(at + 1);
            if (authority.empty()) return false;
        }
        return read_host_and_port(authority) && read_path_start();
    }

    bool read_host_and_port(std::string_view text) {
        auto const bracket = text.find(']');
        auto const colon = text.find(':', bracket == text.npos ? 0 : bracket);
        auto const name = text.substr(0, colon);
        if (name.empty() && (special() || colon == 0)) return false;
        made_.host = parse_host(name, special());
        if (!made_.host) return false;
        if (colon == text.npos) return true;
        unsigned port = 0;
        auto const digits = text.substr(colon + 1);
        for (char const c : digits) {
            if (!is_digit(c)) return false;
            port = port * 10 + static_cast<unsigned>(c - '0');
            if (port > 0xffff) return false;
        }
        if (!digits.empty() && port != default_port(made_.scheme))
            made_.port = static_cast<std::uint16_t>(port);
        return true;
    }

    bool read_path_start() {
        bool const none = rest_.empty() || rest_.front() == '?' || rest_.front() == '#';
        if (none && !special()) return read_query();
        if (at_slash()) rest_.remove_prefix(1);
        return read_segments();
    }

    bool read_segments() {
        auto const path = rest_.substr(0, rest_.find_first_of("?#"));
        append_segments(made_.path, path, special());
        rest_.remove_prefix(path.size());
        return read_query();
    }

    bool read_query() {
        auto const hash = rest_.find('#');
        if (rest_.starts_with('?')) {
            made_.query =
                percent_encoded(rest_.substr(1, hash == rest_.npos ? hash : hash - 1),
                                special() ? percent_set::special_query : percent_set::query);
        }
        if (hash != rest_.npos)
            made_.fragment = percent_encoded(rest_.substr(hash + 1), percent_set::fragment);
        return true;
    }

    std::string_view rest_;
    url const* base_;
    url made_;
};

}  // namespace

std::optional<url> parse_url(std::string_view text, url const* base) {
    if (!is_utf8(text)) return std::nullopt;
    auto const stripped = without_what_is_stripped(text);
    return reader(stripped, base).read();
}

}  // namespace fibercast
