#pragma once

#include <boost/intrusive/list.hpp>

namespace fibercast {

/// A connection that a fiber serves, in whatever protocol, as the one who stops it sees it. In a
/// list of its worker while it lives; belongs to that worker.
class served_connection : public boost::intrusive::list_base_hook<
                              boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    using list =
        boost::intrusive::list<served_connection, boost::intrusive::constant_time_size<false>>;

    served_connection(served_connection const&) = delete;
    served_connection& operator=(served_connection const&) = delete;

    /// No more requests: wakes who waits for one, closes what a body watches, and lets everyone
    /// else finish before they notice. Never suspends.
    virtual void end() noexcept = 0;

    /// Fails what is under way, now. Never suspends. False: nothing was, all was said and only the
    /// peer's end was waited for; what it was sent still arrives.
    virtual bool cut() noexcept = 0;

protected:
    explicit served_connection(list& all) { all.push_back(*this); }
    ~served_connection() = default;
};

}  // namespace fibercast
