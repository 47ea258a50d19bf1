#pragma once

#include "app/process/text_output.hpp"
#include "interpreter.hpp"
#include "line_source.hpp"

namespace fibercast::app {

enum class repl_end {
    input,    ///< There is no more input.
    quit,     ///< The operator wants the server to stop.
    stopped,  ///< The server stops anyway.
};

/// Executes line after line and prints the results; returns why it ended.
repl_end run_repl(line_source& from, interpreter& with, text_output& to);

}  // namespace fibercast::app
