#pragma once

#include "head_count.hpp"
#include "receipt.hpp"
#include "topic_set.hpp"

#include <fibercast/http/chunk.hpp>
#include <fibercast/sse/client_info.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <cstdint>

namespace fibercast {

/// The `publication::to` of a broadcast.
inline constexpr client_id everyone = 0;

/// One event in the one order of all: for everyone, for those who have subscribed to its topics, or
/// for one client. Encoded once; copies share the bytes.
struct publication {
    client_id to = everyone;
    /// The event with the framing of HTTP around it. Null in the sequence's place of a number that
    /// readers pass over.
    chunk_ptr bytes;
    /// Where whoever sent it waits to hear what became of it. Null for broadcasts.
    boost::intrusive_ptr<receipt> answer;
    /// Its place in the order, from 1. The sequence sets it.
    std::uint64_t number = 0;
    /// What it is about; null: it is for everyone, or for one client.
    topic_set_ptr topics = nullptr;
    /// Where its clients are counted; null: nobody asks.
    boost::intrusive_ptr<head_count> counted = nullptr;
};

/// Whether the same clients get both.
inline bool alike(publication const& a, publication const& b) noexcept {
    return a.to == everyone && b.to == everyone && alike(a.topics, b.topics);
}

}  // namespace fibercast
