#include "clients/metrics_page.hpp"

#include "process/failure.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <iterator>
#include <sstream>

namespace bench {
namespace {

constexpr std::chrono::seconds patience{10};

}  // namespace

std::string read_metrics_page(endpoint const& at) {
    boost::asio::ip::tcp::iostream stream;
    stream.expires_after(patience);
    stream.connect(at.host, std::to_string(at.port));
    // By HTTP/1.0, so that the body is not chunked and ends where the connection does.
    stream << fmt::format("GET {} HTTP/1.0\r\nHost: {}:{}\r\n\r\n", at.path, at.host, at.port)
           << std::flush;
    std::string const answer{std::istreambuf_iterator<char>{stream}, {}};
    auto const status_line = answer.substr(0, answer.find("\r\n"));
    if (status_line.find(" 200 ") == std::string::npos)
        throw failure{fmt::format("{} was answered with '{}'", at.path, status_line)};
    return answer.substr(std::min(answer.size(), answer.find("\r\n\r\n")));
}

std::optional<double> metric_in(std::string const& page, std::string_view name) {
    std::istringstream lines{page};
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != ' ')
            continue;
        std::istringstream rest{line.substr(name.size())};
        if (double value = 0; rest >> value) return value;
    }
    return std::nullopt;
}

}  // namespace bench
