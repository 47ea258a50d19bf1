#include "option_parsers.hpp"

#include "app/text/size_text.hpp"
#include "app/text/span_text.hpp"
#include "http/utf8.hpp"
#include "service/overflow_name.hpp"

#include <fibercast/http/fields.hpp>
#include <fibercast/http/origin.hpp>
#include <fibercast/mercure/mercure_hub.hpp>
#include <fibercast/sse/topic.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <variant>

namespace fibercast::app::option_parsers {
namespace {

constexpr std::array<std::pair<std::string_view, content_coding>, 3> coding_names{
    {{"br", content_coding::br}, {"zstd", content_coding::zstd}, {"gzip", content_coding::gzip}}};

constexpr std::array<std::pair<std::string_view, bool>, 2> truths{
    {{"true", true}, {"false", false}}};

/// Takes what stands between commas, one after the other. Returns the first thing that is wrong.
template <typename Take>
std::string each_in(std::string_view list, Take const& take) {
    for (;;) {
        auto const each = list.substr(0, list.find(','));
        if (auto wrong = take(each); !wrong.empty()) return wrong;
        if (each.size() == list.size()) return {};
        list.remove_prefix(each.size() + 1);
    }
}

bool is_visible(std::string_view text) noexcept {
    return !text.empty() && is_utf8(text) &&
           std::ranges::none_of(text, [](unsigned char c) { return c < ' ' || c == 0x7f; });
}

/// Of what `check` takes, which throws `std::invalid_argument`, with commas between.
template <typename Check>
parser list_of(std::vector<std::string>& to, Check const& check) {
    return [&to, check](std::string const& given) -> std::string {
        std::vector<std::string> all;
        auto wrong = each_in(given, [&](std::string_view each) -> std::string {
            try {
                check(each);
            } catch (std::invalid_argument const& failure) {
                return failure.what();
            }
            all.emplace_back(each);
            return {};
        });
        if (wrong.empty()) to = std::move(all);
        return wrong;
    };
}

}  // namespace

/// Of some choices; or `none`. `of` and `to` must outlive it.
template <typename Choices, typename To>
parser some_of(Choices const& of, std::vector<To>& to) {
    parser some = [&of, &to](std::string const& text) -> std::string {
        std::vector<To> all;
        auto const take = [&](std::string_view name) -> std::string {
            To each{};
            if (auto wrong = choice(of, each)(std::string(name)); !wrong.empty())
                return wrong + ", nor none";
            all.push_back(each);
            return {};
        };
        if (text != "none") {
            if (auto wrong = each_in(text, take); !wrong.empty()) return wrong;
        }
        to = all;
        return {};
    };
    some.words = words(of);
    some.words.emplace_back("none");
    return some;
}

parser policies(std::vector<overflow>& to) { return some_of(overflow_names, to); }

parser codings(std::vector<content_coding>& to) { return some_of(coding_names, to); }

parser ranges(std::vector<address_range>& to) {
    return [&to](std::string const& text) -> std::string {
        std::vector<address_range> all;
        auto wrong = each_in(text, [&](std::string_view each) -> std::string {
            try {
                all.emplace_back(each);
                return {};
            } catch (std::invalid_argument const&) {
                return fmt::format("{} is no address or range, such as 127.0.0.1 or 10.0.0.0/8",
                                   in_quotes(each));
            }
        });
        if (wrong.empty()) to = std::move(all);
        return wrong;
    };
}

parser origins(std::vector<std::string>& to) { return list_of(to, check_origin); }

parser span(std::chrono::milliseconds& to) {
    return [&to](std::string const& text) -> std::string {
        auto const parsed = parse_span(text);
        if (parsed) to = *parsed;
        if (parsed) return {};
        return fmt::format("{} is no time of at most a day, such as 500ms, 10s or 2m",
                           in_quotes(text));
    };
}

parser size(std::size_t& to) {
    return [&to](std::string const& text) -> std::string {
        auto const parsed = parse_size(text);
        if (parsed) to = *parsed;
        if (parsed) return {};
        return fmt::format("{} is no size of at most 1024GiB, such as 65536, 64KiB or 1MiB",
                           in_quotes(text));
    };
}

parser host(std::string& to) {
    return [&to](std::string const& text) -> std::string {
        if (text.empty() || text.find('\0') != std::string::npos)
            return fmt::format("{} is no host", in_quotes(text));
        bool const bracketed = text.starts_with('[') && text.ends_with(']');
        to = bracketed ? text.substr(1, text.size() - 2) : text;
        return {};
    };
}

parser path(std::string& to) {
    return [&to](std::string const& text) -> std::string {
        if (text.empty() || text.find('\0') != std::string::npos)
            return fmt::format("{} is no path", in_quotes(text));
        to = text;
        return {};
    };
}

parser hub_url(std::string& to, bool& said) {
    return [&to, &said](std::string const& text) -> std::string {
        auto const parsed = parse_url(text);
        if (!parsed) return fmt::format("{} is no URL", in_quotes(text));
        try {
            mercure::check_hub_url(*parsed);
        } catch (std::invalid_argument const& failure) {
            return fmt::format("{}: {}", in_quotes(text), failure.what());
        }
        to = parsed->href();
        said = true;
        return {};
    };
}

parser text(std::string& to) {
    return [&to](std::string const& given) -> std::string {
        if (!is_visible(given)) return fmt::format("{} is no text", in_quotes(given));
        to = given;
        return {};
    };
}

parser texts(std::vector<std::string>& to) {
    return list_of(to, [](std::string_view each) {
        if (!is_visible(each)) throw std::invalid_argument(in_quotes(each) + " is no text");
    });
}

parser anonymous(std::vector<std::string>& to) {
    parser topics = [&to](std::string const& given) -> std::string {
        if (given != "on" && given != "off") return list_of(to, check_subscribed_topic)(given);
        to = given == "on" ? std::vector<std::string>{"*"} : std::vector<std::string>();
        return {};
    };
    topics.words = {"on", "off"};
    return topics;
}

parser cookie(std::optional<std::string>& to) {
    return [&to](std::string const& given) -> std::string {
        if (!is_token(given)) return fmt::format("{} is no cookie's name", in_quotes(given));
        to = given == "off" ? std::string() : given;
        return {};
    };
}

parser admin(std::optional<admin_address>& to) {
    return [&to](std::string const& text) -> std::string {
        auto const parsed = parse_admin_address(text);
        if (text == "off") {
            to.reset();
        } else if (auto const* const wrong = std::get_if<std::string>(&parsed)) {
            return *wrong;
        } else {
            to = std::get<admin_address>(parsed);
        }
        return {};
    };
}

parser yes(bool& to) { return choice(truths, to); }

parser no(bool& to) {
    return [&to](std::string const& text) -> std::string {
        auto wrong = choice(truths, to)(text);
        if (wrong.empty()) to = !to;
        return wrong;
    };
}

}  // namespace fibercast::app::option_parsers
