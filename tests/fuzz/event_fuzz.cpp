// Whatever is put into an event: a client sees one event with just that in it, or none was made.

#include <fibercast/testing/event_reader.hpp>

#include <fibercast/sse/event.hpp>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

/// As clients join lines.
std::string with_line_feeds(std::string_view data) {
    std::string text;
    for (std::size_t i = 0; i < data.size(); ++i) {
        bool const pair = data.substr(i, 2) == "\r\n";
        text += data[i] == '\r' ? '\n' : data[i];
        if (pair) ++i;
    }
    return text;
}

/// What stands before the first `end`, which is taken away with it.
std::string take_until(std::string_view& from, char end) {
    auto const size = std::min(from.find(end), from.size());
    std::string const taken(from.substr(0, size));
    from.remove_prefix(std::min(size + 1, from.size()));
    return taken;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<char const*>(data), size);
    auto const type = take_until(rest, '|'), id = take_until(rest, '|');
    try {
        fibercast::event made{std::string(rest)};
        if (!type.empty()) made.type(type);
        if (!id.empty()) made.id(id);
        auto const seen = fibercast::testing::event_reader().feed(":\n\n" + made.encode());
        fibercast::testing::received_event const expected{type.empty() ? "message" : type,
                                                          with_line_feeds(rest), id};
        if (seen.size() != 1 || seen.front() != expected) std::abort();
    } catch (std::invalid_argument const&) {  // as documented
    }
    return 0;
}
