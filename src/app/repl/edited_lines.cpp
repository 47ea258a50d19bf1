#include "edited_lines.hpp"

#include "completion.hpp"
#include "terminal.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <string_view>

namespace fibercast::app {
namespace {

constexpr int lines_kept = 500;
constexpr std::chrono::seconds answer_patience{1};
constexpr wchar_t replacement = L'\ufffd';

char* prompt(EditLine*) {
    static char text[] = "fibercast> ";
    return text;
}

}  // namespace

std::unique_ptr<edited_lines> edited_lines::on_terminal(event_flag const& stop,
                                                        text_output& answers) {
    std::unique_ptr<edited_lines> made(new edited_lines(stop, answers));
    if (!made->history_ || !made->editor_) return nullptr;
    made->set_up();
    return made;
}

edited_lines::edited_lines(event_flag const& stop, text_output& answers)
    : stop_(stop),
      answers_(answers),
      history_(::history_init()),
      editor_(::el_init("fibercast", stdin, stdout, stderr)) {}

void edited_lines::set_up() {
    HistEvent event{};
    ::history(history_.get(), &event, H_SETSIZE, lines_kept);
    ::history(history_.get(), &event, H_SETUNIQUE, 1);
    ::el_set(editor_.get(), EL_CLIENTDATA, this);
    ::el_set(editor_.get(), EL_PROMPT, &prompt);
    ::el_set(editor_.get(), EL_EDITOR, "emacs");
    ::el_set(editor_.get(), EL_HIST, &::history, history_.get());
    el_rfunc_t const reader = &edited_lines::read_character;
    ::el_set(editor_.get(), EL_GETCFN, reader);
    ::el_set(editor_.get(), EL_ADDFN, "complete-command", "Completes a command",
             &edited_lines::complete);
    ::el_set(editor_.get(), EL_BIND, "^I", "complete-command", nullptr);
    ::el_source(editor_.get(), nullptr);  // what the user prefers
}

line_source::result edited_lines::read(std::string& line) {
    answers_.flush(after(answer_patience));
    if (stop_.is_set() || !wait_for_foreground(STDIN_FILENO, stop_)) return result::stopped;
    ::el_resize(editor_.get());
    ::el_set(editor_.get(), EL_PREP_TERM,
             1);  // or what is typed right after the prompt is not for the editor
    int count = 0;
    char const* const text = ::el_gets(editor_.get(), &count);
    if (stop_.is_set() || text == nullptr || count <= 0) {
        std::fputs("\n", stdout);  // what follows starts on a line of its own
        std::fflush(stdout);
        return stop_.is_set() ? result::stopped : result::end;
    }
    line.assign(text, static_cast<std::size_t>(count));
    if (line.ends_with('\n')) line.pop_back();
    if (line.size() > max_line_bytes) return result::too_long;
    HistEvent event{};
    if (line.find_first_not_of(" \t") != std::string::npos)
        ::history(history_.get(), &event, H_ENTER, line.c_str());
    return result::line;
}

int edited_lines::read_character(EditLine* editor, wchar_t* to) {
    edited_lines* self = nullptr;
    ::el_get(editor, EL_CLIENTDATA, &self);
    return self->read_character(*to);
}

/// As the line editor wants it: 1 for a character, 0 at the end of input. Bytes that are no
/// character become U+FFFD.
int edited_lines::read_character(wchar_t& to) {
    for (;;) {
        if (!wait_for_input(STDIN_FILENO, stop_)) return 0;
        char byte = 0;
        auto const count = ::read(STDIN_FILENO, &byte, 1);
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count <= 0) return 0;
        // NOLINTNEXTLINE(concurrency-mt-unsafe): only without a state of its own
        auto const used = std::mbrtowc(&to, &byte, 1, &half_character_);
        if (used == static_cast<std::size_t>(-2)) continue;
        if (used == static_cast<std::size_t>(-1)) {
            half_character_ = {};
            to = replacement;
        }
        return 1;
    }
}

unsigned char edited_lines::complete(EditLine* editor, wint_t) {
    auto const* const info = ::el_line(editor);
    std::string_view const before(info->buffer,
                                  static_cast<std::size_t>(info->cursor - info->buffer));
    auto const found = completion_of(before);
    if (found.choices.empty()) return CC_ERROR;
    if (!found.insert.empty())
        return ::el_insertstr(editor, found.insert.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
    std::fputs("\n", stdout);
    for (auto const& each : found.choices)
        std::fprintf(stdout, "%.*s  ", static_cast<int>(each.size()), each.data());
    std::fputs("\n", stdout);
    return CC_REDISPLAY;
}

}  // namespace fibercast::app
