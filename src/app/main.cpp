#include "application.hpp"
#include "options.hpp"
#include "process_setup.hpp"

#include <cstdio>
#include <variant>

int main(int argc, char** argv)
{
    using namespace fibercast::app;
    set_up_process();
    auto const parsed = parse_options(argc, argv);
    if (auto const* const end = std::get_if<early_end>(&parsed)) {
        std::fputs(end->text.c_str(), end->status == 0 ? stdout : stderr);
        return end->status;
    }
    return run(std::get<options>(parsed));
}
