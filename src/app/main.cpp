#include "app/process/process_setup.hpp"
#include "application.hpp"
#include "options.hpp"

#include <cerrno>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <system_error>
#include <variant>

namespace {

/// Returns the exit status.
int print(std::string const& text) {
    if (std::fputs(text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0) return 0;
    std::fprintf(stderr, "fibercast: cannot write to standard output: %s\n",
                 std::system_category().message(errno).c_str());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace fibercast::app;
    set_up_process();
    auto const parsed = parse_options(argc, argv);
    if (auto const* const end = std::get_if<early_end>(&parsed)) {
        if (end->status != 0) std::fputs(end->text.c_str(), stderr);
        return end->status == 0 ? print(end->text) : end->status;
    }
    try {
        return run(std::get<options>(parsed),
                   [&] { return parse_options(argc, argv, reading::again); });
    } catch (std::bad_alloc const&) {
        std::fputs("fibercast: cannot start: there is not enough memory\n", stderr);
    } catch (std::exception const& failure) {
        std::fprintf(stderr, "fibercast: cannot start: %s\n", failure.what());
    }
    return 1;
}
