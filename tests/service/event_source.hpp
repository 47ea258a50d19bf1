#pragma once

#include <fibercast/testing/event_reader.hpp>
#include "support/tcp_client.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// One connection of an EventSource to `subscribe_to`. Reads when it is told to, and not before.
class event_source {
public:
    /// Asks for a target; `field` is a line of the head, or nothing.
    event_source(tcp_client connection, std::string const& target, std::string const& field)
        : connection_(std::move(connection)) {
        connection_.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\n");
    }

    /// Takes what has come, up to so many bytes; does not wait.
    void read(std::size_t most) {
        if (ended_) return;
        auto const bytes = connection_.read_available(most);
        if (!bytes) {
            ended_ = true;
            return;
        }
        received_ += *bytes;
        for (auto& each : parser_.feed(body())) messages_.push_back(std::move(each));
    }

    /// Whether the end was read.
    bool ended() const noexcept { return ended_; }

    /// All that was read.
    std::vector<fibercast::testing::received_event> const& messages() const noexcept {
        return messages_;
    }

    /// Goes away, with FIN or with RST.
    void close() { connection_.close(); }
    void reset() { connection_.reset(); }

private:
    /// What of the body has come and was not returned before, also of a chunk that is not all
    /// there.
    std::string body() {
        if (in_head_ && !skip_through("\r\n\r\n")) return {};
        in_head_ = false;
        std::string text;
        for (;;) {
            auto const here = std::min(left_, received_.size());
            text.append(received_, 0, here);
            received_.erase(0, here);
            left_ -= here;
            if (left_ != 0 || !next_chunk()) return text;
        }
    }

    /// Reads the line that says how much there is of the next chunk. False: it has not all come.
    bool next_chunk() {
        constexpr std::string_view end = "\r\n";
        auto const begin = first_chunk_ ? 0 : end.size();  // behind the last one
        auto const found = received_.find(end, begin);
        if (found == received_.npos) return false;
        left_ = std::stoul(received_.substr(begin, found - begin), nullptr, 16);
        received_.erase(0, found + end.size());
        first_chunk_ = false;
        return left_ != 0;
    }

    bool skip_through(std::string_view mark) {
        auto const found = received_.find(mark);
        if (found == received_.npos) return false;
        received_.erase(0, found + mark.size());
        return true;
    }

    tcp_client connection_;
    std::string received_;  // and not yet understood
    bool in_head_ = true;
    bool first_chunk_ = true;
    std::size_t left_ = 0;  // of the chunk
    bool ended_ = false;
    fibercast::testing::event_reader parser_;
    std::vector<fibercast::testing::received_event> messages_;
};
