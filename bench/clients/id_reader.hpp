#pragma once

#include <string>
#include <string_view>

namespace bench {

/// The id of the last event of a stream: what a browser would come back with. It keeps a line, so
/// it is for one client of many.
class id_reader {
public:
    void feed(std::string_view body) {
        for (char const c : body) {
            if (c != '\n')
                line_ += c;
            else
                take_line();
        }
    }

    std::string const& last() const noexcept { return last_; }

private:
    void take_line() {
        constexpr std::string_view field = "id:";
        if (line_.starts_with(field)) {
            bool const blank = line_.starts_with("id: ");
            last_ = line_.substr(field.size() + (blank ? 1 : 0));
        }
        line_.clear();
    }

    std::string line_;
    std::string last_;
};

}  // namespace bench
