#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <cstddef>

namespace fibercast {

class window;

/// Where some streams are: behind the same piece of one window, so that their decoders remember the
/// same. Belongs to one worker.
class place : public boost::intrusive_ref_counter<place, boost::thread_unsafe_counter> {
public:
    place() = default;
    ~place();
    place(place const&) = delete;
    place& operator=(place const&) = delete;

    void enter() noexcept { ++streams_; }
    void leave() noexcept { --streams_; }
    std::size_t streams() const noexcept { return streams_; }

    /// Streams there have been given the same, encoded otherwise.
    void stands_beside(place& other) noexcept {
        beside_ = &other;
        other.beside_ = this;
    }
    void stands_alone() noexcept;

    /// What can go on from here; null: nothing any more.
    window* open() const noexcept { return open_; }

private:
    friend class window;

    std::size_t streams_ = 0;
    place* beside_ = nullptr;
    window* open_ = nullptr;
};

using place_ptr = boost::intrusive_ptr<place>;

}  // namespace fibercast
