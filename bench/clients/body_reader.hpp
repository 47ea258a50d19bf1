#pragma once

#include "process/failure.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace bench {

/// The last chunk has come.
class stream_ended : public failure {
public:
    stream_ended() : failure{"the server ended a stream"} {}
};

/// Strips the response head and the chunk framing from one client's stream, a few bytes of state
/// per client. A body without chunk framing passes through.
class body_reader {
public:
    /// Calls `body(std::string_view)` for each run of body bytes. Throws `failure` if the server
    /// did not answer 200, or framed wrongly; `stream_ended` if there will be no more.
    template <class Body>
    void feed(std::string_view bytes, Body&& body) {
        if (phase_ == phase::head) bytes = take_head(bytes);
        while (!bytes.empty()) {
            if (phase_ == phase::chunk_size) {
                bytes = take_size(bytes);
            } else if (phase_ == phase::chunk_data) {
                auto const size = std::min<std::size_t>(left_, bytes.size());
                body(bytes.substr(0, size));
                bytes.remove_prefix(size);
                left_ -= static_cast<std::uint32_t>(size);
                if (left_ == 0) phase_ = phase::chunk_end;
            } else if (phase_ == phase::chunk_end) {
                bytes = take_chunk_end(bytes);
            } else {
                body(bytes);
                return;
            }
        }
    }

    /// The server has answered, 200.
    bool has_head() const noexcept { return phase_ != phase::head; }

private:
    enum class phase : std::uint8_t {
        head,        ///< in the status line or in a header
        chunk_size,  ///< in the line before a chunk
        chunk_data,  ///< `left_` bytes before the end of a chunk
        chunk_end,   ///< in the CRLF after a chunk
        raw,         ///< in a body without chunks
    };

    std::string_view take_head(std::string_view bytes) {
        if (!head_) head_ = std::make_unique<std::string>();
        auto const before = head_->size();
        *head_ += bytes;
        auto const end = head_->find("\r\n\r\n");
        if (end == std::string::npos) return {};
        auto const status_line = head_->substr(0, head_->find("\r\n"));
        if (!status_line.starts_with("HTTP/1.1 200"))
            throw failure{fmt::format("the server answered '{}'", status_line)};
        std::transform(head_->begin(), head_->end(), head_->begin(), lower_case);
        auto const coding = head_->find("\r\ntransfer-encoding:");
        auto const chunked =
            coding < end && head_->find("chunked", coding) < head_->find("\r\n", coding + 2);
        phase_ = chunked ? phase::chunk_size : phase::raw;
        head_.reset();
        return bytes.substr(end + 4 - before);
    }

    std::string_view take_size(std::string_view bytes) {
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            char const c = lower_case(bytes[i]);
            if (c >= '0' && c <= '9')
                left_ = left_ * 16 + static_cast<std::uint32_t>(c - '0');
            else if (c >= 'a' && c <= 'f')
                left_ = left_ * 16 + static_cast<std::uint32_t>(c - 'W');
            else if (c == '\n')
                return begin_chunk(bytes.substr(i + 1));
            else if (c != '\r')
                throw failure{"the server sent a chunk size that is not a number"};
        }
        return {};
    }

    std::string_view begin_chunk(std::string_view rest) {
        if (left_ == 0) throw stream_ended{};
        phase_ = phase::chunk_data;
        return rest;
    }

    std::string_view take_chunk_end(std::string_view bytes) {
        if (bytes.front() == '\n')
            phase_ = phase::chunk_size;
        else if (bytes.front() != '\r')
            throw failure{"the server sent a chunk of a wrong size"};
        return bytes.substr(1);
    }

    static char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

    std::unique_ptr<std::string> head_;  // held only until the head is complete
    std::uint32_t left_ = 0;
    phase phase_ = phase::head;
};

}  // namespace bench
