// The right-hand sides of docs/from-cpp-httplib.md, in one program: it serves on a free port until
// its standard input ends. from_cpp_httplib_test.cpp holds them against the document.

#include <fibercast/fibercast.hpp>
#include <fibercast/http/answered.hpp>

#include <chrono>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

using namespace fibercast;
using namespace std::chrono_literals;

namespace {

struct countdown {
    int from = 3;
};

std::uint64_t body_size(countdown const& it) { return static_cast<std::uint64_t>(it.from) * 2; }

void write_body(countdown& it, output& out) {
    for (; it.from != 0; --it.from) {
        if (!out.write(std::to_string(it.from) + "\n") || !sleep_for(out, 100ms)) return;
    }
}

response show_user(request const& asked) {
    return response::text(status::ok, std::string(asked.param("id")) + "\n");
}

response redirect(request const&) { return response(status::see_other).header("Location", "/hi"); }

response absent(request const&) { return response::plain(status::not_found); }

response html(request const&) {
    std::string const page = "<p>Hello";
    return response(status::ok, page).header("Content-Type", "text/html; charset=utf-8");
}

response not_kept(request const&) {
    return response::text(status::ok, "new\n").header("Cache-Control", "no-store");
}

response from_channel(request const&) {
    auto lines = std::make_shared<channel<std::string>>(10);
    lines->push("a line\n");
    lines->close();
    return response(status::ok, lines);
}

response take_job(request const& asked) {
    auto text = std::string(asked.method()) + ' ' + std::string(asked.path()) + ' ' + asked.body();
    text += ' ' + std::string(asked.header("X-Name"));
    text += ' ' + std::string(query_params(asked).first("key").value_or("none"));
    text += ' ' + std::to_string(query_params(asked).all("tag").size());
    if (!asked.peer().text().empty()) text += " peer";
    return response::text(status::ok, text + '\n');
}

response posted(request const& asked) {
    return response::text(status::ok,
                          std::string(form_params(asked).first("key").value_or("none")));
}

response slow(request const&) {
    auto const answer = blocking([] { return 42; });
    return response::text(status::ok, std::to_string(answer) + "\n");
}

handler guarded_by_name(handler inner) {
    return [inner = std::move(inner)](request const& asked) {
        if (asked.header("X-Name") == "nobody") return response::plain(status::forbidden);
        auto made = answered(asked, inner);
        return std::move(made.set("X-Served-By", "fibercast"));
    };
}

}  // namespace

int main() {
    hub clients;
    router routes;
    routes.get("/hi", [](request const&) { return response::text(status::ok, "Hello"); });
    routes.add("PUT", "/jobs", take_job);
    routes.get("/users/{id}", show_user);
    routes.post("/form", posted).get("/redirect", redirect);
    routes.get("/absent", absent).get("/html", html).get("/not-kept", not_kept);
    routes.get("/lines", from_channel).get("/slow", slow);
    routes.get("/countdown", [](request const&) { return response(status::ok, countdown()); });
    routes.get("/throws", [](request const&) -> response { throw request_error("mistaken"); });
    routes.get("/events", [&](request const&) { return event_stream(clients.join()); });
    handler const inner = guarded_by_name(with_compression({}, routes));
    auto const all = with_access_log({}, inner);

    auto const options =
        server::options{.workers = 2,
                        .side_threads = 8,
                        .limits = {.body_bytes = 1 << 20, .body_time = 30s, .idle_time = 30s}};
    {
        // What is never started listens nowhere.
        server serving{routes, {.host = "localhost", .port = 8080}};
    }
    { server serving{routes, {.port = 0}}; }
    auto free = options;
    free.port = 0;
    server serving{all, free};
    serving.start();
    std::cout << serving.address().port() << std::endl;
    for (std::string line; std::getline(std::cin, line);) clients.broadcast(event("Hello"));
    serving.stop();
}
