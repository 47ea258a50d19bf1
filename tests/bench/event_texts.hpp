#pragma once

#include <string>
#include <vector>

/// What scripted servers answer with.
namespace event_texts {

inline std::string const head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
inline std::string const greeting = "data: Successfully connected\n\n";
inline std::string const announced_gap =
    "event: fibercast.gap\ndata: {\"reason\":\"dropped\",\"missed\":2,\"after\":null}\n\n";

inline std::string events(std::vector<int> const& numbers) {
    std::string text;
    for (int const number : numbers) text += "data: " + std::to_string(number) + " xxx\n\n";
    return text;
}

/// The same, each byte a chunk of its own.
inline std::string chunked(std::string const& body) {
    std::string text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (char const c : body) text += std::string{"1\r\n"} + c + "\r\n";
    return text;
}

}  // namespace event_texts
