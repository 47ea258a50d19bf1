#include "app/process/process_setup.hpp"
#include "application.hpp"
#include "options.hpp"

#include <cstdio>
#include <exception>
#include <new>
#include <variant>

int main(int argc, char** argv) {
    using namespace fibercast::app;
    set_up_process();
    auto const parsed = parse_options(argc, argv);
    if (auto const* const end = std::get_if<early_end>(&parsed)) {
        std::fputs(end->text.c_str(), end->status == 0 ? stdout : stderr);
        return end->status;
    }
    try {
        return run(std::get<options>(parsed));
    } catch (std::bad_alloc const&) {
        std::fputs("fibercast: cannot start: there is not enough memory\n", stderr);
    } catch (std::exception const& failure) {
        std::fprintf(stderr, "fibercast: cannot start: %s\n", failure.what());
    }
    return 1;
}
