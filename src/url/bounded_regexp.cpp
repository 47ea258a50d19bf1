#include "bounded_regexp.hpp"

#include <re2/re2.h>

#include <stdexcept>

namespace fibercast {
namespace {

/// RE2's limit of what a program and its states may take.
constexpr int most_memory = 256 * 1024;

re2::RE2::Options options() {
    re2::RE2::Options made;
    // In UTF-8 a negated set would be many instructions.
    made.set_encoding(re2::RE2::Options::EncodingLatin1);
    made.set_log_errors(false);
    made.set_never_capture(true);
    made.set_dot_nl(true);
    made.set_max_mem(most_memory);
    return made;
}

bool is_too_large(re2::RE2 const& compiled, int longest) {
    auto const code = compiled.error_code();
    return code == re2::RE2::ErrorPatternTooLarge || code == re2::RE2::ErrorRepeatSize ||
           (compiled.ok() && compiled.ProgramSize() > longest);
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

bounded_regexp::bounded_regexp(std::string const& expression, int longest)
    : compiled_(std::make_unique<re2::RE2>(expression, options())) {
    if (is_too_large(*compiled_, longest))
        throw std::invalid_argument("a pattern that takes too much to match");
    if (!compiled_->ok())
        throw std::invalid_argument("a regular expression that is none: " + compiled_->error());
}

bounded_regexp::~bounded_regexp() = default;
bounded_regexp::bounded_regexp(bounded_regexp&&) noexcept = default;
bounded_regexp& bounded_regexp::operator=(bounded_regexp&&) noexcept = default;

bool bounded_regexp::matches(std::string_view text) const {
    return compiled_->Match(piece(text), 0, text.size(), re2::RE2::ANCHOR_BOTH, nullptr, 0);
}

std::string bounded_regexp::quoted(std::string_view text) {
    return re2::RE2::QuoteMeta(piece(text));
}

}  // namespace fibercast
