#include "constructor_string.hpp"

#include "pattern_component.hpp"
#include "pattern_tokens.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace fibercast {
namespace {

using kind = pattern_token::kind;

// In their order in a URL, which the comparisons below go by.
enum class state {
    init,
    protocol,
    authority,
    username,
    password,
    hostname,
    port,
    pathname,
    search,
    hash,
    done
};

class parser {
public:
    explicit parser(std::string_view text)
        : text_(text), tokens_(pattern_tokens(text, token_policy::lenient)) {}

    pattern_init parse() {
        for (; at_ < tokens_.size(); at_ += step_) {
            step_ = 1;
            if (tokens_[at_].type == kind::end) {
                if (at_end()) break;
            } else if (!in_group()) {
                read();
            }
        }
        if (made_.hostname && !made_.port) made_.port = "";
        return std::move(made_);
    }

private:
    pattern_token const& token(std::size_t index) const noexcept {
        return tokens_[std::min(index, tokens_.size() - 1)];
    }

    bool is_plain(std::size_t index, char c) const noexcept {
        auto const& it = token(index);
        return it.value.size() == 1 && it.value.front() == c &&
               (it.type == kind::one_char || it.type == kind::escaped_char ||
                it.type == kind::invalid_char);
    }
    bool at(char c) const noexcept { return is_plain(at_, c); }

    /// A '?' that is no modifier.
    bool at_search() const noexcept {
        if (at('?')) return true;
        if (token(at_).value != "?") return false;
        if (at_ == 0) return true;
        auto const before = token(at_ - 1).type;
        return before != kind::name && before != kind::regexp && before != kind::close &&
               before != kind::asterisk;
    }

    /// Nothing within braces is a border between components.
    bool in_group() noexcept {
        if (tokens_[at_].type == kind::open) {
            ++depth_;
            return true;
        }
        if (depth_ == 0) return false;
        if (tokens_[at_].type == kind::close) --depth_;
        return depth_ > 0;
    }

    /// Whether that was all.
    bool at_end() {
        if (state_ == state::init) {
            rewind(state_);
            if (at('#'))
                change(state::hash, 1);
            else if (at_search())
                change(state::search, 1);
            else
                change(state::pathname, 0);
            return false;
        }
        if (state_ == state::authority) {
            rewind(state::hostname);
            return false;
        }
        change(state::done, 0);
        return true;
    }

    void read() {
        switch (state_) {
        case state::init:
            if (at(':')) rewind(state::protocol);
            return;
        case state::protocol:
            if (at(':')) end_protocol();
            return;
        case state::authority:
            if (at('@'))
                rewind(state::username);
            else if (at('/') || at_search() || at('#'))
                rewind(state::hostname);
            return;
        case state::username:
            if (at(':'))
                change(state::password, 1);
            else if (at('@'))
                change(state::hostname, 1);
            return;
        case state::password:
            if (at('@')) change(state::hostname, 1);
            return;
        case state::hostname: return read_hostname();
        case state::port:
            if (at('/')) return change(state::pathname, 0);
            [[fallthrough]];
        case state::pathname:
            if (at_search()) return change(state::search, 1);
            [[fallthrough]];
        case state::search:
            if (at('#')) change(state::hash, 1);
            return;
        case state::hash:
        case state::done: return;
        }
    }

    void end_protocol() {
        special_ = pattern_component(std::string(component()), component_kind::protocol)
                       .matches_special_scheme();
        bool const slashes = is_plain(at_ + 1, '/') && is_plain(at_ + 2, '/');
        change(slashes || special_ ? state::authority : state::pathname, slashes ? 3 : 1);
    }

    void read_hostname() {
        if (at('['))
            ++brackets_;
        else if (at(']'))
            --brackets_;
        else if (at(':') && brackets_ == 0)
            change(state::port, 1);
        else if (at('/'))
            change(state::pathname, 0);
        else if (at_search())
            change(state::search, 1);
        else if (at('#'))
            change(state::hash, 1);
    }

    std::string_view component() const noexcept {
        auto const from = token(start_).index;
        return text_.substr(from, tokens_[at_].index - from);
    }

    std::optional<std::string>* component_of(state which) noexcept {
        switch (which) {
        case state::protocol: return &made_.protocol;
        case state::username: return &made_.username;
        case state::password: return &made_.password;
        case state::hostname: return &made_.hostname;
        case state::port: return &made_.port;
        case state::pathname: return &made_.pathname;
        case state::search: return &made_.search;
        case state::hash: return &made_.hash;
        case state::init:
        case state::authority:
        case state::done: return nullptr;
        }
        return nullptr;
    }

    void change(state next, std::size_t skip) {
        if (auto* const ended = component_of(state_)) *ended = std::string(component());
        if (state_ != state::init && next != state::done) {
            if (state_ < state::hostname && next > state::hostname && !made_.hostname)
                made_.hostname = "";
            if (state_ < state::pathname && next > state::pathname && !made_.pathname)
                made_.pathname = special_ ? "/" : "";
            if (state_ < state::search && next == state::hash && !made_.search) made_.search = "";
        }
        state_ = next;
        at_ += skip;
        start_ = at_;
        step_ = 0;
    }

    void rewind(state next) noexcept {
        at_ = start_;
        step_ = 0;
        state_ = next;
    }

    std::string_view text_;
    std::vector<pattern_token> tokens_;
    pattern_init made_;
    std::size_t start_ = 0, at_ = 0, step_ = 1, depth_ = 0;
    int brackets_ = 0;
    bool special_ = false;
    state state_ = state::init;
};

}  // namespace

pattern_init parse_constructor_string(std::string_view text) { return parser(text).parse(); }

}  // namespace fibercast
