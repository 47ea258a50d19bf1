#include <fibercast/http/access_log.hpp>

#include "escape.hpp"
#include "public_target.hpp"

#include <fibercast/http/answered.hpp>
#include <fibercast/http/forwarded.hpp>
#include <fibercast/runtime/log.hpp>

#include <fmt/format.h>
#include <spdlog/logger.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

namespace fibercast {
namespace {

using time_point = std::chrono::steady_clock::time_point;

constexpr std::size_t longest_text = 512;
constexpr std::size_t longest_method = 32;

/// What is known of a line when its answer begins. Written when that has ended.
struct access_line {
    std::shared_ptr<access_log_options const> settings;
    time_point begun;
    std::string before;  // the seconds
    std::string agent;

    void write() const noexcept try {
        std::chrono::duration<double> const seconds = settings->now() - begun;
        auto const line = fmt::format("{} {:.3f} {}", before, seconds.count(), agent);
        if (settings->write)
            settings->write(line);
        else
            log().info("{}", line);
    } catch (...) {
    }
};

struct written_at_end {
    void operator()(access_line const* line) const noexcept {
        line->write();
        delete line;
    }
};

using pending_line = std::unique_ptr<access_line const, written_at_end>;

struct logged_body {
    logged_body(pending_line of, any_body what) noexcept
        : line(std::move(of)), inner(std::move(what)) {}

    pending_line line;  // ends after the body
    any_body inner;
};

body_state write_ready(logged_body& it, output& out, runnable& again) {
    return write_ready(it.inner, out, again);
}

struct sized_logged_body : logged_body {
    using logged_body::logged_body;
};

std::uint64_t body_size(sized_logged_body const& it) { return it.inner.size().value_or(0); }

template <typename Body>
void wrap(response& answer, pending_line line) {
    Body whole(std::move(line), std::move(answer.body()));
    try {
        answer.body() = any_body(std::move(whole));
    } catch (std::bad_alloc const&) {  // nothing was moved: the memory comes first
        answer.body() = std::move(whole.inner);
    }
}

class access_log {
public:
    explicit access_log(access_log_options settings)
        : settings_(std::make_shared<access_log_options const>(std::move(settings))) {
        if (!settings_->now) throw std::invalid_argument("an access log without a clock");
    }

    response answer(request const& asked, handler const& inner) const {
        if (!settings_->write && !log().should_log(spdlog::level::info)) return inner(asked);
        auto const begun = settings_->now();
        auto made = answered(asked, inner);
        if (auto line = line_of(asked, made.status(), begun)) {
            if (made.body().size())
                wrap<sized_logged_body>(made, std::move(line));
            else
                wrap<logged_body>(made, std::move(line));
        }
        return made;
    }

private:
    /// Null: there is no memory for it.
    pending_line line_of(request const& asked, status code, time_point begun) const try {
        auto const agent = asked.fields().find("User-Agent");
        auto const target = public_target(asked.target(), settings_->hidden_parameters);
        auto const from = client_address(asked, settings_->trusted_proxies).text();
        return pending_line(new access_line{
            settings_, begun,
            fmt::format("{} {} {} {}", from, escaped(asked.method().substr(0, longest_method)),
                        in_quotes(target, longest_text), static_cast<unsigned>(code)),
            agent ? in_quotes(*agent, longest_text) : "-"});
    } catch (std::bad_alloc const&) {
        return nullptr;
    }

    std::shared_ptr<access_log_options const> settings_;
};

}  // namespace

handler with_access_log(access_log_options settings, handler inner) {
    return [log = access_log(std::move(settings)), inner = std::move(inner)](request const& asked) {
        return log.answer(asked, inner);
    };
}

}  // namespace fibercast
