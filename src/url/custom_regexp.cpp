#include "custom_regexp.hpp"

#include <cstddef>
#include <stdexcept>
#include <string>

namespace fibercast {
namespace {

[[noreturn]] void refuse(char const* why) {
    throw std::invalid_argument(std::string("in a regular expression: ") + why);
}

constexpr std::string_view syntax_characters = "^$\\.*+?()[]{}|/";

class checker {
public:
    explicit checker(std::string_view text) : rest_(text) {}

    void check() {
        while (!rest_.empty()) check_one();
    }

private:
    char take() noexcept {
        char const c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }
    bool take_if(char c) noexcept {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void check_one() {
        switch (take()) {
        case '\\': return check_escape("bBdDwWsSfnrtv", "");
        case '[': return check_class();
        case '(':
            if (!rest_.starts_with("?:")) refuse("a group that is not (?:...)");
            rest_.remove_prefix(2);
            return;
        case '{': return check_times();
        case '}': refuse("a '}' by itself");
        case ']': refuse("a ']' by itself");
        default: return;
        }
    }

    void check_escape(std::string_view letters, std::string_view more) {
        if (rest_.empty()) refuse("a '\\' before nothing");
        char const c = take();
        if (letters.find(c) != letters.npos || more.find(c) != more.npos ||
            syntax_characters.find(c) != syntax_characters.npos)
            return;
        refuse("an escape that is not supported");
    }

    /// What is behind a '['. A set within a set, and what two of a character could mean, is not
    /// supported: RE2 knows neither.
    void check_class() {
        take_if('^');
        if (rest_.starts_with(']')) refuse("an empty set");
        for (char before = 0; !rest_.empty();) {
            char const c = take();
            if (c == ']') return;
            if (c == '\\') {
                check_escape("dDwWsSfnrtv", "-&!#%,:;<=>@`~");
                before = 0;
                continue;
            }
            if (std::string_view("()[{}/|").find(c) != std::string_view::npos)
                refuse("a character in a set that needs a '\\'");
            if (c == before &&
                std::string_view("&!#$%*+,.:;<=>?@^`~-").find(c) != std::string_view::npos)
                refuse("two of a character in a set that needs a '\\'");
            if (c == '-' && (before == 0 || rest_.empty() || rest_.front() == ']'))
                refuse("a '-' in a set that needs a '\\'");
            before = c;
        }
        refuse("a '[' without its ']'");
    }

    std::size_t check_digits() noexcept {
        std::size_t digits = 0;
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
            rest_.remove_prefix(1);
            ++digits;
        }
        return digits;
    }

    void check_times() {
        if (check_digits() == 0) refuse("a '{' without a number");
        if (take_if(',')) check_digits();
        if (!take_if('}')) refuse("a '{' without its '}'");
    }

    std::string_view rest_;
};

}  // namespace

void check_custom_regexp(std::string_view text) { checker(text).check(); }

}  // namespace fibercast
