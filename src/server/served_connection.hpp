#pragma once

#include <fibercast/runtime/runnable.hpp>

#include <boost/intrusive/list.hpp>

namespace fibercast {

/// A connection, in whatever protocol, as those see it who run and who stop it. Leaves the list that it
/// is in by itself; belongs to its worker.
class served_connection : public boost::intrusive::list_base_hook<
                              boost::intrusive::link_mode<boost::intrusive::auto_unlink>>,
                          public runnable {
public:
    using list =
        boost::intrusive::list<served_connection, boost::intrusive::constant_time_size<false>>;

    /// Told when a connection is at its end, and gone.
    class owner {
    public:
        virtual void connection_ended() noexcept = 0;

    protected:
        ~owner() = default;
    };

    virtual ~served_connection() = default;

    /// No more requests: wakes what waits for one, closes what a body watches, and lets everyone
    /// else finish before they notice. Never suspends.
    virtual void end() noexcept = 0;

    /// Fails what is under way, now. Never suspends. False: nothing was, all was said and only the
    /// peer's end was waited for; what it was sent still arrives.
    virtual bool cut() noexcept = 0;

protected:
    explicit served_connection(owner& of) noexcept : owner_(of) {}

private:
    /// Goes on, in a fiber. False: the connection is at its end. Otherwise it is made ready when it
    /// can go on.
    virtual bool serve() = 0;

    bool run() noexcept final;

    owner& owner_;
};

}  // namespace fibercast
