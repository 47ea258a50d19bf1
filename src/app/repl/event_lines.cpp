#include "event_lines.hpp"

#include "http/escape.hpp"

namespace fibercast::app {

std::string event_lines(std::string_view stream) {
    std::string lines;
    for (auto end = stream.find('\n'); end != stream.npos; end = stream.find('\n')) {
        auto const line = stream.substr(0, end);
        if (!line.starts_with(':')) lines += escaped(line) + '\n';
        stream.remove_prefix(end + 1);
    }
    return lines;
}

}  // namespace fibercast::app
