#pragma once

#include <fibercast/http/router.hpp>
#include <fibercast/runtime/channel.hpp>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

// Two body types of a user, which the library finds in the user's namespace.
namespace example {

/// Its length is known only by writing it.
struct countdown {
    int from;
};

inline void write_body(countdown& it, fibercast::output& out) {
    for (int i = it.from; i > 0; --i) {
        if (!out.write(std::to_string(i) + "\n")) return;
    }
}

/// Its length is known before.
struct repeated {
    char what;
    std::uint64_t times;
};

inline void write_body(repeated& it, fibercast::output& out) {
    for (std::uint64_t i = 0; i < it.times; ++i) {
        if (!out.write(std::string(1, it.what))) return;
    }
}
inline std::uint64_t body_size(repeated const& it) { return it.times; }

/// A closed channel that still holds what was sent through it.
template <typename T>
std::shared_ptr<fibercast::channel<T>> filled_channel(std::initializer_list<T> items) {
    auto const filled = std::make_shared<fibercast::channel<T>>(8);
    for (auto const& each : items) filled->push(each);
    filled->close();
    return filled;
}

/// A route for each kind of response.
inline fibercast::router routes() {
    using fibercast::request;
    using fibercast::response;
    using fibercast::status;
    fibercast::router all;
    all.get("/", [](request const&) { return response::text(status::ok, "hello\n"); });
    all.get("/empty", [](request const&) { return response(status::ok); });
    all.get("/nothing", [](request const&) { return response(status::no_content); });
    all.get("/throws", [](request const&) -> response { throw std::runtime_error("no luck"); });
    all.get("/throws-a-number", [](request const&) -> response { throw 7; });
    all.get("/countdown", [](request const&) { return response(status::ok, countdown{3}); });
    all.get("/repeated", [](request const&) { return response(status::ok, repeated{'x', 5}); });
    all.get("/strings", [](request const&) {
        return response(status::ok, filled_channel<std::string>({"one", "", "three"}));
    });
    all.get("/chunks", [](request const&) {
        using fibercast::chunk;
        return response(status::ok, filled_channel({chunk::make("one\n"), chunk::make("two\n")}));
    });
    all.post("/echo",
             [](request const& asked) { return response::text(status::ok, asked.body()); });
    return all;
}

}  // namespace example
