#include "command_line_options.hpp"

#include "app/manual/generated.hpp"

namespace fibercast::app {

std::vector<option_entry> command_line_options() {
    option_entry::parser kinds;
    kinds.words = generated_kinds();
    return {
        {"help", "h", "", "", "print this and exit", {}},
        {"version", "v", "", "", "print the version and exit", {}},
        {"config", "", "FILE", "", "read options from a file", {}},
        {"generate", "", "KIND", "",
         "print the manual page or a shell's completion and exit: man,\ncomplete-bash or "
         "complete-zsh",
         kinds},
    };
}

}  // namespace fibercast::app
