#pragma once

#include "app/process/event_flag.hpp"
#include "app/process/text_output.hpp"
#include "history_file.hpp"
#include "line_source.hpp"

#include <histedit.h>

#include <cwchar>
#include <memory>
#include <optional>
#include <string>

namespace fibercast::app {

/// Lines that a human edits on the terminal of standard input and output: with a prompt, history,
/// and completion. Puts the terminal's modes back before it returns a line. One thread.
class edited_lines final : public line_source {
public:
    /// Null when the line editor cannot use the terminal. Waiting for input ends when `stop` is
    /// set. A prompt comes behind the `answers` to the lines before it. Without a file, the history
    /// is that of this session.
    static std::unique_ptr<edited_lines> on_terminal(event_flag const& stop, text_output& answers,
                                                     std::optional<history_file> history);

    result read(std::string& line) override;
    void watch(int fd, std::function<bool()> const& readable) override;

private:
    edited_lines(event_flag const& stop, text_output& answers, std::optional<history_file> history);
    void set_up();
    void bind_keys();
    void take_keys();
    result checked(std::string& line);
    void remember(std::string const& line);

    static int read_character(EditLine* editor, wchar_t* to);
    static unsigned char complete(EditLine* editor, wint_t key);
    static unsigned char interrupt(EditLine* editor, wint_t key);

    int read_character(wchar_t& to);

    struct free_history {
        void operator()(History* it) const noexcept { ::history_end(it); }
    };
    struct free_editor {
        void operator()(EditLine* it) const noexcept { ::el_end(it); }
    };

    event_flag const& stop_;
    text_output& answers_;
    std::optional<history_file> const file_;
    bool given_up_ = false;  // the line, by ^C
    std::mbstate_t half_character_{};
    std::unique_ptr<History, free_history> history_;
    std::unique_ptr<EditLine, free_editor> editor_;  // uses the history
};

}  // namespace fibercast::app
