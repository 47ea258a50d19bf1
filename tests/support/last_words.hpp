#pragma once

#include "support/catch.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <string>

/// What a child of this process, which runs `function` and is to die of it, writes to its stderr.
template <typename F>
std::string last_words(F function) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    auto const child = ::fork();
    if (child == 0) {
        ::dup2(pipe[1], STDERR_FILENO);
        function();
        ::_exit(0);
    }
    ::close(pipe[1]);
    std::string words;
    char buffer[256];
    for (ssize_t count = 0; (count = ::read(pipe[0], buffer, sizeof buffer)) > 0;)
        words.append(buffer, static_cast<std::size_t>(count));
    ::close(pipe[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK_FALSE((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    return words;
}
