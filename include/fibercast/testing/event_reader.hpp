#pragma once

#include <fibercast/api.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast::testing {

/// One event as a browser's EventSource would dispatch it.
struct received_event {
    std::string type = "message";
    std::string data;
    std::string last_event_id;

    bool operator==(received_event const&) const = default;
};

/// Reads a stream of events as the HTML standard says, in pieces of any size. Written from the
/// standard and independent of what encodes events, so that one can test the other.
class FIBERCAST_API event_reader {
public:
    /// Returns the events that the bytes complete.
    std::vector<received_event> feed(std::string_view bytes);

    /// The last time to reconnect that the stream has set, in milliseconds.
    std::optional<unsigned long> retry() const noexcept { return retry_; }

    /// How many comments there were, such as heartbeats.
    std::size_t comments() const noexcept { return comments_; }

private:
    void process(std::string_view line);
    void dispatch(std::vector<received_event>& to);

    bool after_cr_ = false;
    bool first_line_ = true;
    std::string line_;
    std::string type_;
    std::string data_;
    std::string id_;
    std::optional<unsigned long> retry_;
    std::size_t comments_ = 0;
};

}  // namespace fibercast::testing
