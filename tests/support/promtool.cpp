#include "support/promtool.hpp"

#include "support/child_process.hpp"

#include <string>

std::string promtool_on(std::string const& page) {
    child_process tool({"promtool", "check", "metrics"});
    tool.write(page);
    tool.close_input();
    auto said = tool.output().until_end() + tool.errors().until_end();
    if (auto const status = tool.wait(); status != 0 && said.empty())
        said = "exit status " + std::to_string(status);
    return said;
}
