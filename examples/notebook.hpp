#pragma once

#include <fibercast/runtime/blocking.hpp>

#include <fmt/format.h>

#include <fstream>
#include <string>
#include <string_view>

/// What turbo.cpp and htmx.cpp show: lines of text, as items of a list of HTML, and in a file, so
/// that they outlive the program. One fiber at a time may use it.
class notebook {
public:
    explicit notebook(std::string const& file) {
        std::ifstream kept(file);
        for (std::string text; std::getline(kept, text);) items_ += item(text);
        file_.exceptions(std::ios::badbit | std::ios::failbit);
        file_.open(file, std::ios::app);
    }

    std::string const& items() const noexcept { return items_; }

    /// Suspends until it is in the file. Returns its item; throws when it cannot be written.
    std::string add(std::string_view text) {
        fibercast::blocking([&] { file_ << text << std::endl; });
        auto added = item(text);
        items_ += added;
        return added;
    }

private:
    // As text: nobody can put markup into others' pages.
    std::string item(std::string_view text) {
        auto html = fmt::format("<li id=\"note-{}\">", ++count_);
        for (char const each : text) {
            if (each == '<')
                html += "&lt;";
            else if (each == '&')
                html += "&amp;";
            else
                html += each;
        }
        return html + "</li>";
    }

    std::ofstream file_;
    std::string items_;
    int count_ = 0;
};
