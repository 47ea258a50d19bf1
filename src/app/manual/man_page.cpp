#include "man_page.hpp"

#include "usage_notes.hpp"

#include <fibercast/version.hpp>

#include <fmt/format.h>

#include <string_view>

namespace fibercast::app {
namespace {

constexpr std::string_view description =
    "fibercast holds very many clients of Server-Sent Events and broadcasts to all of them. A GET\n"
    "of / is a stream. Events come from the commands on its standard input, and over HTTP on an\n"
    "address that is for operators on this machine only.";

constexpr std::string_view examples = R"(.SH EXAMPLES
.EX
fibercast \-\-host 0.0.0.0 \-\-port 8080 \-\-compression br,zstd,gzip
curl \-N http://localhost:8080/
curl \-d Hello http://localhost:8081/broadcast
.EE
)";

/// As roff has it: with '\' and '-' as themselves, in lines that begin no request.
std::string roff(std::string_view text) {
    std::string all;
    bool begins = true;
    for (char const c : text) {
        if (begins && (c == '.' || c == '\'')) all += "\\&";
        if (c == '\\') {
            all += "\\e";
        } else if (c == '-') {
            all += "\\-";
        } else if (c == '^') {
            all += "\\(ha";
        } else {
            all += c;
        }
        begins = c == '\n';
    }
    return all;
}

/// In bold, with what to write behind it in italics.
std::string term(option_entry const& of) {
    auto names = "--" + of.name;
    if (!of.short_name.empty()) names.insert(0, "-" + of.short_name + ", ");
    auto const value = of.value.empty() ? "" : fmt::format(" \\fI{}\\fR", roff(of.value));
    return fmt::format("\\fB{}\\fR{}", roff(names), value);
}

}  // namespace

std::string man_page(std::vector<option_entry> const& options) {
    auto all = fmt::format(
        ".TH FIBERCAST 1 \"\" \"fibercast {}\" \"User Commands\"\n"
        ".SH NAME\nfibercast \\- server that broadcasts Server\\-Sent Events\n"
        ".SH SYNOPSIS\n.B fibercast\n[\\fIOPTION\\fR]...\n"
        ".SH DESCRIPTION\n{}\n.SH OPTIONS\n",
        FIBERCAST_VERSION, roff(description));
    for (auto const& each : options) {
        all += fmt::format(".TP\n{}\n{}.\n", term(each), roff(each.help));
        if (!each.initial.empty()) all += fmt::format("Default: {}.\n", roff(each.initial));
    }
    for (auto const& each : usage_notes())
        all += fmt::format(".SH {}\n{}\n", each.heading, roff(each.text));
    all += examples;
    return all;
}

}  // namespace fibercast::app
