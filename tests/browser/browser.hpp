#pragma once

#include "support/child_process.hpp"
#include "support/patience.hpp"
#include "support/temporary_folder.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

class tab;

/// A Chromium without a window, which is told what to do over a pipe, by its DevTools protocol. It
/// finds no address but those in 127.0.0.0/8.
class browser {
public:
    /// Throws `failure`, with the word for ctest, where there is none.
    browser();
    ~browser();
    browser(browser const&) = delete;
    browser& operator=(browser const&) = delete;

    /// A new tab that has loaded this.
    tab open(std::string const& url);

    /// Sends a command, to a tab's session or to the browser, and returns its result.
    boost::json::object call(std::string_view method, boost::json::object parameters = {},
                             std::string_view session = {});

    /// What a developer would see in red in the console: errors and warnings, of all tabs.
    std::vector<std::string> const& complaints() const noexcept { return complaints_; }

private:
    void note(boost::json::object const& event);

    temporary_folder profile_;
    child_process process_;
    int last_ = 0;
    std::vector<std::string> complaints_;
};

/// One page. The browser must outlive it.
class tab {
public:
    tab(browser& of, std::string target, std::string session);

    /// The value of an expression of JavaScript, as text.
    std::string evaluate(std::string const& expression);

    /// Waits until an expression is true. Throws `failure`.
    void await(std::string const& expression, std::chrono::milliseconds limit = patience);

    /// By a CSS selector.
    std::string text(std::string const& of);
    void await_text(std::string const& of, std::string const& part,
                    std::chrono::milliseconds limit = patience);
    void click(std::string const& what);

    /// Types into what has the focus, as a keyboard does.
    void type(std::string const& text);
    /// Presses a key: "Tab", "Enter", " "; `modifiers`: 2 is Ctrl, 8 is Shift.
    void press(std::string const& key, int modifiers = 0);

    /// Goes elsewhere and waits until that is loaded.
    void go(std::string const& url);
    void reload();
    void close();

    /// Shows it as on a screen of that width, in that `scheme`: "dark" or "light".
    void show(int width, std::string const& scheme);

private:
    void send(std::string_view method, boost::json::object parameters = {});

    browser* of_;
    std::string target_;
    std::string session_;
};
