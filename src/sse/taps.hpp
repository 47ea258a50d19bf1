#pragma once

#include "delivery.hpp"

#include <fibercast/sse/client_tap.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace fibercast {

class member;

/// Who looks on at the members of one worker: operators, so they are few. Belongs to that worker.
class taps {
public:
    /// Throws `std::bad_alloc`.
    void add(member const& at, std::shared_ptr<client_tap> to) {
        all_.push_back({&at, std::move(to)});
    }

    /// What is written to it from now on is shown.
    void begin(member const& at) noexcept;
    /// It was written this. False: nobody looks at it any more.
    bool show(member const& at, delivery const& what) noexcept;
    /// It is written nothing more.
    void end(member const& at) noexcept;

private:
    struct tap {
        member const* at;
        std::shared_ptr<client_tap> to;
    };

    std::vector<tap> all_;
};

}  // namespace fibercast
