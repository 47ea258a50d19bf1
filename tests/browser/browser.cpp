#include "browser/browser.hpp"

#include "support/failure.hpp"
#include "support/installed.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <thread>
#include <utility>

namespace json = boost::json;

namespace {

using namespace std::string_view_literals;

constexpr std::string_view program = "chromium";
// A browser that starts beside a compiler takes its time.
constexpr std::chrono::seconds start_up{60};

std::string text_of(json::value const& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::vector<std::string> words(std::filesystem::path const& profile) {
    if (!is_installed(std::string(program))) throw failure("SKIPPED: chromium is not installed");
    // It takes commands from descriptor 3 and answers on 4.
    return {"sh", "-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", "sh",
            std::string(program), "--headless", "--remote-debugging-pipe",
            // Its sandbox is not to be had in a container, and the pages are ours.
            "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-breakpad", "--user-data-dir=" + profile.string(),
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.*", "about:blank"};
}

/// A string of JavaScript.
std::string quoted(std::string const& text) { return json::serialize(json::string(text)); }

std::string element(std::string const& selector) {
    return fmt::format("document.querySelector({})", quoted(selector));
}

}  // namespace

browser::browser() : process_(words(profile_.path())) {
    process_.write(R"({"id":0,"method":"Browser.getVersion"})" + std::string(1, '\0'));
    process_.output().until("\0"sv, start_up);
}

browser::~browser() {
    // Its helpers write to the profile until it has ended in peace.
    try {
        call("Browser.close");
        process_.wait();
    } catch (failure const&) {  // the test fails by something else then
    }
}

tab browser::open(std::string const& url) {
    // In a window of its own: behind another tab it is hidden, and some scripts then rest.
    auto const target = text_of(
        call("Target.createTarget", {{"url", "about:blank"}, {"newWindow", true}}).at("targetId"));
    auto const session = text_of(
        call("Target.attachToTarget", {{"targetId", target}, {"flatten", true}}).at("sessionId"));
    for (std::string_view const domain : {"Runtime.enable", "Log.enable", "Page.enable"})
        call(domain, {}, session);
    tab made(*this, target, session);
    made.go(url);
    return made;
}

json::object browser::call(std::string_view method, json::object parameters,
                           std::string_view session) {
    json::object command{{"id", ++last_}, {"method", method}, {"params", std::move(parameters)}};
    if (!session.empty()) command["sessionId"] = session;
    process_.write(json::serialize(command) + '\0');
    for (;;) {
        auto text = process_.output().until("\0"sv);
        text.pop_back();
        auto const message = json::parse(text).as_object();
        auto const* const id = message.if_contains("id");
        if (id == nullptr) {
            note(message);
        } else if (id->as_int64() == last_) {
            if (auto const* const error = message.if_contains("error"))
                throw failure(fmt::format("{}: {}", method, text_of(*error)));
            return message.at("result").as_object();
        }
    }
}

void browser::note(json::object const& event) {
    auto const method = text_of(event.at("method"));
    auto const& about = event.at("params").as_object();
    if (method == "Log.entryAdded") {
        auto const& entry = about.at("entry").as_object();
        auto const level = text_of(entry.at("level"));
        if (level == "error" || level == "warning") complaints_.push_back(json::serialize(entry));
    } else if (method == "Runtime.exceptionThrown") {
        complaints_.push_back(json::serialize(about));
    } else if (method == "Runtime.consoleAPICalled") {
        auto const type = text_of(about.at("type"));
        if (type == "error" || type == "warning" || type == "assert")
            complaints_.push_back(json::serialize(about));
    }
}

tab::tab(browser& of, std::string target, std::string session)
    : of_(&of), target_(std::move(target)), session_(std::move(session)) {}

std::string tab::evaluate(std::string const& expression) {
    auto const answer = of_->call("Runtime.evaluate",
                                  {{"expression", expression},
                                   {"awaitPromise", true},
                                   {"returnByValue", true},
                                   {"userGesture", true}},
                                  session_);
    if (auto const* const wrong = answer.if_contains("exceptionDetails"))
        throw failure(fmt::format("{}: {}", expression, text_of(*wrong)));
    auto const& result = answer.at("result").as_object();
    auto const* const value = result.if_contains("value");
    return value != nullptr ? text_of(*value) : "undefined";
}

void tab::await(std::string const& expression, std::chrono::milliseconds limit) {
    using clock = std::chrono::steady_clock;
    auto const until = clock::now() + limit;
    while (evaluate(expression) != "true") {
        if (clock::now() > until)
            throw failure(fmt::format("waited in vain: {}; the page:\n{}", expression,
                                      evaluate("document.body.innerText")));
        // The page needs the processor more than the question does.
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

std::string tab::text(std::string const& of) { return evaluate(element(of) + ".innerText"); }

void tab::await_text(std::string const& of, std::string const& part,
                     std::chrono::milliseconds limit) {
    await(fmt::format("{}.innerText.includes({})", element(of), quoted(part)), limit);
}

void tab::click(std::string const& what) { evaluate(element(what) + ".click()"); }

void tab::type(std::string const& text) { send("Input.insertText", {{"text", text}}); }

void tab::press(std::string const& key, int modifiers) {
    json::object down{{"type", "keyDown"}, {"key", key}, {"modifiers", modifiers}};
    if (key == "Tab") down["windowsVirtualKeyCode"] = 9;
    if (key == "Enter") down["windowsVirtualKeyCode"] = 13;
    if (key == " ") down["windowsVirtualKeyCode"] = 32;
    if (key == "Enter") down["text"] = "\r";
    if (key == " ") down["text"] = " ";
    auto up = down;
    up["type"] = "keyUp";
    up.erase("text");
    send("Input.dispatchKeyEvent", std::move(down));
    send("Input.dispatchKeyEvent", std::move(up));
}

void tab::go(std::string const& url) {
    auto const answer = of_->call("Page.navigate", {{"url", url}}, session_);
    if (auto const* const error = answer.if_contains("errorText"))
        throw failure(fmt::format("{}: {}", url, text_of(*error)));
    await(fmt::format("location.href === {} && document.readyState === 'complete'", quoted(url)));
}

void tab::reload() {
    evaluate("window.before = true");
    send("Page.reload");
    await("window.before === undefined && document.readyState === 'complete'");
}

void tab::close() { of_->call("Target.closeTarget", {{"targetId", target_}}); }

void tab::show(int width, std::string const& scheme) {
    send("Emulation.setDeviceMetricsOverride",
         {{"width", width}, {"height", 740}, {"deviceScaleFactor", 1}, {"mobile", width < 500}});
    json::array const features{{{"name", "prefers-color-scheme"}, {"value", scheme}}};
    send("Emulation.setEmulatedMedia", {{"features", features}});
}

void tab::send(std::string_view method, json::object parameters) {
    of_->call(method, std::move(parameters), session_);
}
