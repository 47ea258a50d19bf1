#include <fibercast/url/url_pattern.hpp>

#include "constructor_string.hpp"
#include "http/utf8.hpp"
#include "pattern_component.hpp"

#include <stdexcept>
#include <utility>

namespace fibercast {
namespace {

std::string pattern_escaped(std::string_view text) {
    std::string made;
    for (char const c : text) {
        if (std::string_view("+*?:{}()\\").find(c) != std::string_view::npos) made += '\\';
        made += c;
    }
    return made;
}

bool is_absolute_path(std::string_view pattern) noexcept {
    return pattern.starts_with('/') || pattern.starts_with("\\/") || pattern.starts_with("{/");
}

bool is_ipv6(std::string_view pattern) noexcept {
    return pattern.size() > 1 &&
           (pattern.starts_with('[') || pattern.starts_with("{[") || pattern.starts_with("\\["));
}

/// The standard's "process a URLPatternInit": what is not said comes from the base, up to the first
/// component that is said.
void take_from_base(pattern_init& init, url const& base) {
    bool said = init.protocol.has_value();
    auto const take = [&](std::optional<std::string>& part, std::string_view of_base) {
        said = said || part.has_value();
        if (!said) part = pattern_escaped(of_base);
    };
    bool const relative_path = !said && !init.hostname && !init.port && init.pathname &&
                               !base.opaque_path && !is_absolute_path(*init.pathname);
    if (!said) init.protocol = pattern_escaped(base.scheme);
    take(init.hostname, base.host.value_or(""));
    take(init.port, base.port ? std::to_string(*base.port) : "");
    if (relative_path) {
        auto const folder = base.path.substr(0, base.path.rfind('/') + 1);
        init.pathname = pattern_escaped(folder) + *init.pathname;
    }
    take(init.pathname, base.path);
    take(init.search, base.query.value_or(""));
    take(init.hash, base.fragment.value_or(""));
}

pattern_init whole_init(std::string_view text, url const& base) {
    if (text.size() > url_pattern::longest)
        throw std::invalid_argument("a pattern that is too long");
    if (!is_utf8(text)) throw std::invalid_argument("a pattern that is no UTF-8");
    auto init = parse_constructor_string(text);
    if (init.search && init.search->starts_with('?')) init.search->erase(0, 1);
    if (init.hash && init.hash->starts_with('#')) init.hash->erase(0, 1);
    take_from_base(init, base);
    for (auto* const each : {&init.protocol, &init.username, &init.password, &init.hostname,
                             &init.port, &init.pathname, &init.search, &init.hash}) {
        if (!*each) *each = "*";
    }
    if (auto const port = default_port(*init.protocol); port && *init.port == std::to_string(*port))
        init.port = "";
    return init;
}

}  // namespace

class url_pattern::compiled {
public:
    explicit compiled(pattern_init const& init)
        : protocol_(*init.protocol, component_kind::protocol),
          username_(*init.username, component_kind::username),
          password_(*init.password, component_kind::password),
          hostname_(*init.hostname, is_ipv6(*init.hostname) ? component_kind::ipv6_hostname
                                                            : component_kind::hostname),
          port_(*init.port, component_kind::port),
          pathname_(*init.pathname, protocol_.matches_special_scheme()
                                        ? component_kind::pathname
                                        : component_kind::opaque_pathname),
          search_(*init.search, component_kind::search),
          hash_(*init.hash, component_kind::hash),
          prefix_(prefix()) {}

    /// The path first: of patterns that an index finds for a URL, most differ from it there.
    bool matches(url const& it) const {
        return pathname_.matches(it.path) && protocol_.matches(it.scheme) &&
               hostname_.matches(text_of(it.host)) &&
               port_.matches(it.port ? std::to_string(*it.port) : "") &&
               search_.matches(text_of(it.query)) && hash_.matches(text_of(it.fragment)) &&
               username_.matches(it.username) && password_.matches(it.password);
    }

    std::string const& literal_prefix() const noexcept { return prefix_; }

    std::size_t regexps() const noexcept {
        std::size_t count = 0;
        for (auto const* const each :
             {&protocol_, &username_, &password_, &hostname_, &port_, &pathname_, &search_, &hash_})
            count += each->is_regexp() ? 1 : 0;
        return count;
    }

private:
    static std::string_view text_of(std::optional<std::string> const& part) noexcept {
        return part ? std::string_view(*part) : std::string_view();
    }

    std::string prefix() const {
        if (!protocol_.is_fixed()) return {};
        url fixed;
        fixed.scheme = protocol_.beginning();
        auto scheme = fixed.location();
        if (!hostname_.is_fixed() || !port_.is_fixed()) return scheme;
        fixed.host = hostname_.beginning();
        auto made = fixed.location();
        if (!port_.beginning().empty()) made += ':' + port_.beginning();
        made += pathname_.beginning();
        auto const slash = made.rfind('/');
        return slash == made.npos ? scheme : made.substr(0, slash + 1);
    }

    pattern_component protocol_, username_, password_, hostname_, port_, pathname_, search_, hash_;
    std::string prefix_;
};

url_pattern::url_pattern(std::string_view text, url const& base)
    : it_(std::make_shared<compiled const>(whole_init(text, base))) {}

bool url_pattern::matches(url const& it) const { return it_->matches(it); }

std::string const& url_pattern::literal_prefix() const noexcept { return it_->literal_prefix(); }

std::size_t url_pattern::regexps() const noexcept { return it_->regexps(); }

}  // namespace fibercast
