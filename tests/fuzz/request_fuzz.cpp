// Whatever a client sends, and however it is cut into packets: the same answers, and no fault.

#include "http1/conversation.hpp"

#include <fibercast/http/query.hpp>
#include <fibercast/http/router.hpp>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using fibercast::request;
using fibercast::response;

fibercast::router const& routes() {
    static auto const all = [] {
        fibercast::router made;
        auto const echo = [](request const& asked) {
            std::string text(asked.param("name"));
            for (auto const& [name, value] : query_params(asked)) text += name + value;
            if (asked.method() == "POST") text += form_params(asked).first("a").value_or("");
            return response::text(fibercast::status::ok, std::move(text));
        };
        made.get("/{name}", echo).post("/{name}", echo).get("/files/{rest...}", echo);
        return made;
    }();
    return all;
}

std::string answer_in_pieces(std::string_view input, std::size_t size) {
    std::vector<std::string> pieces;
    for (; !input.empty(); input.remove_prefix(std::min(size, input.size())))
        pieces.emplace_back(input.substr(0, size));
    memory_stream peer(std::move(pieces));
    serve(peer, routes());
    return peer.output();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    auto const whole = answer_to(input, routes());
    for (std::size_t const pieces : {1, 7}) {
        if (answer_in_pieces(input, pieces) != whole) std::abort();
    }
    return 0;
}
