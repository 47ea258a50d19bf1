#pragma once

#include "service/event_source.hpp"
#include "support/chance.hpp"
#include "support/delivery_oracle.hpp"
#include "support/some_topics.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Events of a size: `17+3000` is followed by as many bytes, which whoever looks takes off again.
inline std::string filled(std::string const& name, std::size_t filling) {
    return name + '+' + std::to_string(filling) + ' ' + std::string(filling, 'x');
}
/// As it is, when the filling is not what the name says.
inline std::string without_filling(std::string const& text) {
    auto const name = text.substr(0, text.find(' '));
    auto const plus = name.find('+');
    if (plus == name.npos) return text;
    auto const size = std::stoul(name.substr(plus + 1));
    return text == filled(name.substr(0, plus), size) ? name : text;
}

/// Somebody with a browser: connects, reads or does not, goes, comes back with the last id.
struct visitor {
    visitor(delivery_oracle const& of, chance& any)
        : subscribed(any.one_in(3) ? std::vector<std::string>() : any.some_of(some_patterns, 1)),
          seen(of, {.patterns = subscribed}) {}

    /// Looks at what was read. Returns what is wrong with it.
    std::string look() {
        auto const& all = connection->messages();
        for (; looked_at < all.size(); ++looked_at) {
            auto each = all[looked_at];
            each.data = without_filling(each.data);
            if (auto wrong = seen.sees(each); !wrong.empty()) return wrong;
        }
        return {};
    }

    void read(std::size_t most) {
        if (connection && reads) connection->read(most);
    }
    bool has(std::string_view text) const {
        auto const& all = connection->messages();
        return !all.empty() && all.back().data == text;
    }
    bool ended() const { return connection && connection->ended(); }

    std::vector<std::string> const subscribed;
    delivery_oracle::witness seen;
    std::optional<event_source> connection;
    std::size_t looked_at = 0;
    bool reads = true;
};
