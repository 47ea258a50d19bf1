#include <fibercast/http/sleep.hpp>

#include <fibercast/runtime/detail/parking_spot.hpp>

namespace fibercast {
namespace {

/// Wakes a sleeper when it is closed.
class sleeper final : public closable {
public:
    void close() noexcept override {
        closed_ = true;
        spot_.unpark();
    }

    bool sleep(deadline until) { return !closed_ && !spot_.park(until, wait_for::time); }

private:
    parking_spot spot_;
    bool closed_ = false;
};

}  // namespace

bool sleep_until(output& out, deadline until) {
    if (!out.flush()) return false;
    sleeper sleeping;
    close_watch const watch(out.peer(), sleeping);
    return sleeping.sleep(until);
}

}  // namespace fibercast
