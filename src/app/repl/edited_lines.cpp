#include "edited_lines.hpp"

#include "completion.hpp"
#include "terminal.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <string_view>
#include <utility>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

namespace fibercast::app {
namespace {

/// While one lives, what is allocated may be forgotten, and LeakSanitizer does not mind.
#ifdef __SANITIZE_ADDRESS__
using forgotten_allocations = __lsan::ScopedDisabler;
#else
struct forgotten_allocations {
    forgotten_allocations() noexcept {}
};
#endif

constexpr std::chrono::seconds answer_patience{1};
constexpr wchar_t replacement = L'\ufffd';

struct key_binding {
    char const* keys;
    char const* function;
};

/// What the terminals in use send, whatever $TERM says: xterm, rxvt, the Linux console, tmux.
constexpr key_binding bindings[] = {
    {"^C", "interrupt-line"},
    {"^I", "complete-command"},
    // Home
    {"\\e[H", "ed-move-to-beg"},
    {"\\eOH", "ed-move-to-beg"},
    {"\\e[1~", "ed-move-to-beg"},
    {"\\e[7~", "ed-move-to-beg"},
    // End
    {"\\e[F", "ed-move-to-end"},
    {"\\eOF", "ed-move-to-end"},
    {"\\e[4~", "ed-move-to-end"},
    {"\\e[8~", "ed-move-to-end"},
    // Delete
    {"\\e[3~", "ed-delete-next-char"},
    // Ctrl-Left, Alt-Left
    {"\\e[1;5D", "ed-prev-word"},
    {"\\e[5D", "ed-prev-word"},
    {"\\eOd", "ed-prev-word"},
    {"\\e[1;3D", "ed-prev-word"},
    // Ctrl-Right, Alt-Right
    {"\\e[1;5C", "em-next-word"},
    {"\\e[5C", "em-next-word"},
    {"\\eOc", "em-next-word"},
    {"\\e[1;3C", "em-next-word"},
};

char* prompt(EditLine*) {
    static char text[] = "fibercast> ";
    return text;
}

}  // namespace

std::unique_ptr<edited_lines> edited_lines::on_terminal(event_flag const& stop,
                                                        text_output& answers,
                                                        std::optional<history_file> history) {
    std::unique_ptr<edited_lines> made(new edited_lines(stop, answers, std::move(history)));
    if (!made->history_ || !made->editor_) return nullptr;
    made->set_up();
    return made;
}

edited_lines::edited_lines(event_flag const& stop, text_output& answers,
                           std::optional<history_file> history)
    : stop_(stop),
      answers_(answers),
      file_(std::move(history)),
      history_(::history_init()),
      editor_(::el_init("fibercast", stdin, stdout, stderr)) {}

void edited_lines::set_up() {
    HistEvent event{};
    ::history(history_.get(), &event, H_SETSIZE, static_cast<int>(history_file::lines_kept));
    ::history(history_.get(), &event, H_SETUNIQUE, 1);
    if (file_) {
        for (auto const& each : file_->load())
            ::history(history_.get(), &event, H_ENTER, each.c_str());
    }
    ::el_set(editor_.get(), EL_CLIENTDATA, this);
    ::el_set(editor_.get(), EL_PROMPT, &prompt);
    ::el_set(editor_.get(), EL_EDITOR, "emacs");
    ::el_set(editor_.get(), EL_HIST, &::history, history_.get());
    el_rfunc_t const reader = &edited_lines::read_character;
    ::el_set(editor_.get(), EL_GETCFN, reader);
    bind_keys();
    ::el_source(editor_.get(), nullptr);  // what the user prefers
}

void edited_lines::bind_keys() {
    forgotten_allocations const names;  // libedit copies those of functions, and keeps them
    ::el_set(editor_.get(), EL_ADDFN, "complete-command", "Completes a command",
             &edited_lines::complete);
    ::el_set(editor_.get(), EL_ADDFN, "interrupt-line", "Gives the line up, or stops the server",
             &edited_lines::interrupt);
    for (auto const& each : bindings)
        ::el_set(editor_.get(), EL_BIND, each.keys, each.function, nullptr);
}

line_source::result edited_lines::read(std::string& line) {
    answers_.flush(after(answer_patience));
    if (stop_.is_set() || !wait_for_foreground(STDIN_FILENO, stop_)) return result::stopped;
    ::el_resize(editor_.get());
    take_keys();  // now, or what is typed right after the prompt is not for the editor
    int count = 0;
    char const* const text = ::el_gets(editor_.get(), &count);
    if (stop_.is_set() || text == nullptr || count <= 0) {
        std::fputs("\n", stdout);  // what follows starts on a line of its own
        std::fflush(stdout);
        return stop_.is_set() ? result::stopped : result::end;
    }
    line.assign(text, static_cast<std::size_t>(count));
    return checked(line);
}

/// Each key comes as it is typed, and ^C is one like any other. Set before, that would be lost: the
/// editor takes over the terminal's own keys when it first sees them.
void edited_lines::take_keys() {
    ::el_set(editor_.get(), EL_PREP_TERM, 1);
    ::el_set(editor_.get(), EL_SETTY, "-d", "intr=", nullptr);
}

void edited_lines::watch(int fd, std::function<bool()> const& readable) {
    if (!wait_for_foreground(STDIN_FILENO, stop_)) return;
    take_keys();
    char keys[64];  // some keys are several characters
    if (watch_until_input(STDIN_FILENO, stop_, fd, readable))
        static_cast<void>(::read(STDIN_FILENO, keys, sizeof keys) < 0);  // read() will see the end
    ::el_set(editor_.get(), EL_PREP_TERM, 0);
}

line_source::result edited_lines::checked(std::string& line) {
    if (line.ends_with('\n')) line.pop_back();
    if (std::exchange(given_up_, false)) line.clear();
    if (line.size() > max_line_bytes) return result::too_long;
    remember(line);
    return result::line;
}

void edited_lines::remember(std::string const& line) {
    if (line.find_first_not_of(" \t") == std::string::npos) return;
    HistEvent event{};
    bool const again = ::history(history_.get(), &event, H_FIRST) >= 0 && line == event.str;
    if (again) return;
    ::history(history_.get(), &event, H_ENTER, line.c_str());
    if (file_) file_->append(line);
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

/// As a shell does: what is typed stays on the screen, and there is a new prompt. On an empty line
/// the program gets the signal that the terminal would have sent.
unsigned char edited_lines::interrupt(EditLine* editor, wint_t) {
    auto const* const info = ::el_line(editor);
    if (info->buffer == info->lastchar) {
        ::kill(::getpid(), SIGINT);
        return CC_NORM;
    }
    edited_lines* self = nullptr;
    ::el_get(editor, EL_CLIENTDATA, &self);
    self->given_up_ = true;
    ::el_insertstr(editor, "^C");
    ::el_push(editor, "\n");
    return CC_REFRESH;
}

}  // namespace fibercast::app
