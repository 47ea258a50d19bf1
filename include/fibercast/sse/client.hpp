#pragma once

#include <fibercast/http/output.hpp>
#include <fibercast/http/response.hpp>
#include <fibercast/sse/client_info.hpp>
#include <fibercast/sse/event.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

namespace fibercast {

class member;

/// The handler's end of one client of a hub: a bounded channel of events, and a body that writes
/// what the channel holds. Destroying it takes the client out of the hub.
///
/// Belongs to the worker on which it joined.
class client {
public:
    client(client&&) noexcept;
    client& operator=(client&&) = delete;
    ~client();

    client_id id() const noexcept;

    /// Queues an event for this client alone, as the hub's overflow policy says: under `block`,
    /// suspends until there is room. False: the client is gone and no longer in the hub, or the
    /// event was dropped.
    ///
    /// Before the stream has started nobody takes events out: under `block` a full channel then
    /// means false. Broadcasts fill it too, and wait for it, so a handler should return the stream
    /// soon after it has joined.
    bool send(event const& what);

    bool connected() const noexcept;

private:
    friend class hub;
    friend void write_body(client& it, output& out);

    explicit client(boost::intrusive_ptr<member> it) noexcept;

    boost::intrusive_ptr<member> member_;
};

/// Writes the client's events until the client goes, is sent away, or the server drains.
void write_body(client& it, output& out);

/// The response that is this client's stream.
response event_stream(client it);

}  // namespace fibercast
