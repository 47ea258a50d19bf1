#include "pattern_tokens.hpp"

#include "http/utf8.hpp"

#include <algorithm>
#include <stdexcept>

namespace fibercast {
namespace {

using kind = pattern_token::kind;

bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }

bool is_name_char(char c, bool first) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
           (!first && c >= '0' && c <= '9');
}

class tokenizer {
public:
    tokenizer(std::string_view text, token_policy policy) : text_(text), policy_(policy) {}

    std::vector<pattern_token> read() {
        while (at_ < text_.size()) read_one();
        add(kind::end, at_, at_, 0);
        return std::move(found_);
    }

private:
    void add(kind type, std::size_t next, std::size_t from, std::size_t size) {
        found_.push_back({type, at_, text_.substr(from, size)});
        at_ = next;
    }

    /// The text from `from` to `next`.
    void add(kind type, std::size_t next, std::size_t from) { add(type, next, from, next - from); }

    void wrong(char const* why, std::size_t next, std::size_t from) {
        if (policy_ == token_policy::strict) throw std::invalid_argument(why);
        add(kind::invalid_char, next, from);
    }

    std::size_t behind(std::size_t index) const noexcept {
        return index + std::max<std::size_t>(1, first_character(text_.substr(index)).bytes);
    }

    void read_one() {
        switch (text_[at_]) {
        case '*': return add(kind::asterisk, at_ + 1, at_);
        case '+':
        case '?': return add(kind::other_modifier, at_ + 1, at_);
        case '{': return add(kind::open, at_ + 1, at_);
        case '}': return add(kind::close, at_ + 1, at_);
        case '\\': return read_escaped();
        case ':': return read_name();
        case '(': return read_regexp();
        default: return add(kind::one_char, behind(at_), at_);
        }
    }

    void read_escaped() {
        auto const escaped = at_ + 1;
        if (escaped == text_.size()) return wrong("a '\\' at the end", escaped, at_);
        add(kind::escaped_char, behind(escaped), escaped);
    }

    void read_name() {
        auto const start = at_ + 1;
        auto end = start;
        while (end < text_.size() && is_name_char(text_[end], end == start)) ++end;
        // Which of those belong to a name, only the tables of Unicode know.
        if (end < text_.size() && !is_ascii(text_[end]))
            throw std::invalid_argument("a group's name with other characters than ASCII's");
        if (end == start) return wrong("a ':' without a name", start, at_);
        add(kind::name, end, start);
    }

    /// What is wrong with the character at `at` of a group that starts at `start`; null: nothing.
    char const* fault_in_regexp(std::size_t at, std::size_t start) const noexcept {
        if (!is_ascii(text_[at])) return "a regular expression with other characters than ASCII's";
        if (at == start && text_[at] == '?') return "a regular expression that begins with '?'";
        if (text_[at] == '\\' && (at + 1 == text_.size() || !is_ascii(text_[at + 1])))
            return "a regular expression with a '\\' before nothing";
        if (text_[at] == '(' && (at + 1 == text_.size() || text_[at + 1] != '?'))
            return "a capturing group in a regular expression";
        return nullptr;
    }

    void read_regexp() {
        auto const start = at_ + 1;
        std::size_t depth = 1;
        auto end = start;
        for (; end < text_.size() && depth > 0; ++end) {
            if (auto const* const why = fault_in_regexp(end, start)) return wrong(why, start, at_);
            if (text_[end] == '\\')
                ++end;
            else if (text_[end] == '(')
                ++depth;
            else if (text_[end] == ')')
                --depth;
        }
        if (depth > 0) return wrong("a '(' without its ')'", start, at_);
        if (end == start + 1) return wrong("an empty regular expression", start, at_);
        add(kind::regexp, end, start, end - start - 1);
    }

    std::string_view text_;
    token_policy policy_;
    std::vector<pattern_token> found_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<pattern_token> pattern_tokens(std::string_view text, token_policy policy) {
    return tokenizer(text, policy).read();
}

}  // namespace fibercast
