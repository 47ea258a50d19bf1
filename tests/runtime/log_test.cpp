#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/log.hpp>

#include "support/captured_log.hpp"
#include "support/catch.hpp"
#include "support/with_workers.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <sstream>
#include <stdexcept>

TEST_CASE("the library logs to stderr until it is told where") {
    auto const& sinks = fibercast::log().sinks();
    REQUIRE(sinks.size() == 1);
    CHECK(dynamic_cast<spdlog::sinks::stderr_color_sink_mt*>(sinks.front().get()) != nullptr);
}

TEST_CASE("a logger that is set takes what the library logs, until the own one is back") {
    auto* const own = &fibercast::log();
    {
        captured_log log;
        fibercast::log().warn("from {}", "the library");
        CHECK(log.text() == "warning: from the library\n");
    }
    CHECK(&fibercast::log() == own);
    auto const set = std::make_shared<spdlog::logger>("mine");
    CHECK(fibercast::set_logger(set).get() == own);
    CHECK(fibercast::set_logger(nullptr) == set);
    CHECK(&fibercast::log() == own);
}

TEST_CASE_METHOD(with_workers, "the library leaves the program's own default logger alone") {
    std::ostringstream text;
    auto const previous = spdlog::default_logger();
    spdlog::set_default_logger(std::make_shared<spdlog::logger>(
        "program", std::make_shared<spdlog::sinks::ostream_sink_mt>(text)));
    captured_log log;
    on_worker(0, [] {
        fibercast::fiber_group failing(fibercast::worker::current()->stacks());
        failing.spawn([] { throw std::runtime_error("gone"); });
        failing.join();
    });
    spdlog::set_default_logger(previous);
    CHECK(log.text() == "error: a fiber ended by an exception: \"gone\"\n");
    CHECK(text.str().empty());
}
