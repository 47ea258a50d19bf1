#pragma once

#include "receipt.hpp"

#include <fibercast/http/chunk.hpp>
#include <fibercast/sse/client_info.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <cstdint>

namespace fibercast {

/// The `publication::to` of a broadcast.
inline constexpr client_id everyone = 0;

/// One event in the one order of all: for everyone, or for one client. Encoded once; copies share
/// the bytes.
struct publication {
    client_id to = everyone;
    /// The event with the framing of HTTP around it. Null in the history's place of a number that
    /// readers pass over.
    chunk_ptr bytes;
    /// Where whoever sent it waits to hear what became of it. Null for broadcasts.
    boost::intrusive_ptr<receipt> answer;
    /// Its place in the order, from 1. The history sets it.
    std::uint64_t number = 0;
};

}  // namespace fibercast
