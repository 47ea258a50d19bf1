#include "admin_server.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>

namespace end_to_end {
namespace {

std::vector<std::string> with_admin(std::vector<std::string> options) {
    if (std::find(options.begin(), options.end(), "--admin") == options.end())
        options.insert(options.end(), {"--admin", "127.0.0.1:0"});
    return options;
}

}  // namespace

admin_server::admin_server(std::vector<std::string> const& options)
    : server_process(with_admin(options)) {
    log().until("admin on ");
    admin_ = log().line();
}

std::vector<std::string> own_loopback_address() {
    auto const id = static_cast<unsigned>(::getpid());  // 22 bits at most
    auto const host = fmt::format("127.{}.{}.{}", 64 + (id >> 16), (id >> 8) & 0xff, id & 0xff);
    return {"--admin", host + ":0"};
}

}  // namespace end_to_end
