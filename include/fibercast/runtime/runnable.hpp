#pragma once

#include <fibercast/api.hpp>

#include <boost/intrusive/slist_hook.hpp>

#include <cstddef>

namespace fibercast {

/// Something that has work to do now and then, and waits without a fiber in between, so that while
/// it waits it costs no stack. When there is work it is run in one of the fibers that its worker
/// keeps for that, where it may suspend as in any other.
///
/// Belongs to one worker, and must not go while it is ready.
class FIBERCAST_API runnable : public boost::intrusive::slist_base_hook<
                                   boost::intrusive::link_mode<boost::intrusive::safe_link>> {
public:
    runnable(runnable const&) = delete;
    runnable& operator=(runnable const&) = delete;

    /// There is work: it is run soon, once, however often this is called before. While it is run, and
    /// may have suspended, this means that it is run again afterwards. On its worker. Never suspends,
    /// and takes no memory.
    void ready() noexcept;

    /// Whether it waits for its turn.
    bool is_ready() const noexcept { return is_linked(); }

    /// Starts to load what its turn is going to touch.
    void prefetch() const noexcept {
        auto const* const self = reinterpret_cast<char const*>(this);
        for (std::size_t offset = 0; offset < lines_touched * cache_line; offset += cache_line)
            __builtin_prefetch(self + offset, 1);
    }

protected:
    runnable() = default;
    ~runnable() = default;

private:
    friend class runners;

    static constexpr std::size_t cache_line = 64;
    /// What a client's connection has touched when it has written an event.
    static constexpr std::size_t lines_touched = 6;

    /// Does what there is to do. False: this object is gone.
    virtual bool run() noexcept = 0;

    bool running_ = false;
    bool ready_again_ = false;
};

}  // namespace fibercast
