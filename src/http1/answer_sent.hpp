#pragma once

#include "response_head.hpp"
#include "stream_output.hpp"

#include <fibercast/http/body.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace fibercast {

/// One response on its way: of what the handler has answered only what the body needs, which may last
/// for hours.
template <stream Stream>
class answer_sent {
public:
    answer_sent(stream_peer<Stream>& to, std::string head, framing how, any_body body)
        : out_(to, std::move(head), how),
          body_(std::move(body)),
          promised_(how == framing::sized ? body_.size() : std::nullopt) {}

    /// Writes what there is.
    body_state write(runnable& again) { return write_ready(body_, out_, again); }

    /// When the body is over. True: the response is complete, as its framing promised, or as far as
    /// its body wanted.
    bool finish() { return out_.finish() && (!promised_ || out_.written() == *promised_); }

    /// After that: whether nothing can follow on the connection.
    bool unfinished() const noexcept { return out_.unfinished(); }

private:
    stream_output<Stream> out_;
    any_body body_;  // behind the output, which it may use to its end
    std::optional<std::uint64_t> const promised_;
};

}  // namespace fibercast
