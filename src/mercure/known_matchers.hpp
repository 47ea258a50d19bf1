#pragma once

#include "known_matcher.hpp"

#include <functional>
#include <memory>
#include <string>

namespace fibercast::mercure {

using matcher_ptr = std::shared_ptr<known_matcher const>;

/// The matchers that somebody has subscribed by, each compiled once. Any thread.
class known_matchers {
public:
    known_matchers();

    /// The one with that key, which `make` makes when nobody has it. Throws as `make`, and
    /// `std::bad_alloc`.
    matcher_ptr get(std::string const& key,
                    std::function<std::unique_ptr<known_matcher const>()> const& make);

private:
    class table;
    std::shared_ptr<table> table_;  // which the matchers that are out there keep
};

}  // namespace fibercast::mercure
