#include "process/command_output.hpp"

#include "process/failure.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>

namespace bench {
namespace {

/// As one word of a shell's command line.
std::string quoted(std::string_view word) {
    std::string text = "'";
    for (char const c : word) text += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return text + '\'';
}

}  // namespace

command_result run_command(std::vector<std::string> const& words) {
    std::string line;
    for (auto const& word : words) line += quoted(word) + ' ';
    std::FILE* const pipe = ::popen((line + "</dev/null 2>&1").c_str(), "re");
    if (!pipe) throw failure{"popen: cannot start a shell"};
    command_result result;
    std::array<char, 4096> buffer;
    while (auto const size = std::fread(buffer.data(), 1, buffer.size(), pipe))
        result.output.append(buffer.data(), size);
    int const status = ::pclose(pipe);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

}  // namespace bench
