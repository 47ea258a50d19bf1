// A stream about one job: its path has the job's name in it, and a body of our own tells how far it
// is.
//
//     progress [PORT]            and elsewhere: curl -N localhost:8080/jobs/backup/progress

#include <fibercast/fibercast.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

using namespace std::chrono_literals;

namespace {

/// A job that is a tenth further each time one looks.
struct job {
    std::string name;
    int percent = 0;

    void proceed() { percent += 10; }
    bool done() const { return percent >= 100; }
};

fibercast::event report_on(job const& it) {
    return fibercast::event{it.name + ": " + std::to_string(it.percent) + " %"}
        .type(it.done() ? "done" : "progress")
        .id(std::to_string(it.percent));
}

/// What makes a job a body: it runs in the connection's fiber, and ends when its reader has gone or
/// the server stops.
void write_body(job& it, fibercast::output& out) {
    while (out.write(report_on(it).encode()) && !it.done()) {
        if (!fibercast::sleep_for(out, 100ms)) return;
        it.proceed();
    }
}

}  // namespace

int main(int argc, char** argv) {
    auto const port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 8080);
    fibercast::stop_signals signals;  // before the server: its threads must not die of them

    fibercast::router routes;
    routes.get("/jobs/{id}/progress", [](fibercast::request const& asked) {
        return fibercast::response(fibercast::status::ok, job{std::string(asked.param("id"))})
            .header("Content-Type", "text/event-stream")
            .header("Cache-Control", "no-store");
    });
    fibercast::server server{routes, {.port = port}};
    server.start();
    std::cerr << "listening on " << server.address().text() << std::endl;
    signals.wait();
    server.stop();
}
