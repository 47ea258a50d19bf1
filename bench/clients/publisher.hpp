#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace bench {

/// How messages reach the server that is to broadcast them.
///
/// Never blocks: a server that is busy with slow clients may leave its input unread, and the driver
/// must go on reading as a client meanwhile, or both would wait for ever.
class publisher {
public:
    virtual ~publisher() = default;

    /// Call `go_on()` whenever this is ready, edge-triggered, for reading or writing.
    virtual int fd() const = 0;

    /// Takes a message; it leaves with the next `go_on()`.
    virtual void publish(std::string_view message) = 0;

    /// The same for those who have subscribed to a topic. Throws `failure` where there are none.
    virtual void publish_to(std::string_view topic, std::string_view message) = 0;

    /// Sends what can be sent now.
    virtual void go_on() = 0;
};

}  // namespace bench
