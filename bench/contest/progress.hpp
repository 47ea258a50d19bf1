#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace bench {

/// One line on standard error that says what is going on: rewritten in place on a terminal;
/// elsewhere only what is new is printed, a line for each turn.
class progress {
public:
    progress();
    ~progress();
    progress(progress const&) = delete;

    /// A new piece of work, such as "fanout, round 2 of 5: nchan".
    void begin(std::string title);

    /// How far it is, such as "12,000 of 15,000 clients connected". Cheap: may be called for each.
    void update(std::string_view verb, int done, int all);

private:
    void show(std::string_view text);

    std::string title_;
    std::chrono::steady_clock::time_point next_{};
    bool terminal_;
};

}  // namespace bench
