#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// One event as a browser's EventSource would dispatch it.
struct sse_message {
    std::string type = "message";
    std::string data;
    std::string last_event_id;

    bool operator==(sse_message const&) const = default;
};

/// Reads a text/event-stream as the HTML standard says, in pieces of any size. Written from the
/// standard and independent of the encoder, so that one can test the other.
class sse_parser {
public:
    /// Returns the messages that the bytes complete.
    std::vector<sse_message> feed(std::string_view bytes) {
        std::vector<sse_message> complete;
        for (char const c : bytes) {
            if (c == '\n' && std::exchange(after_cr_, false)) continue;  // the second half of CRLF
            after_cr_ = c == '\r';
            if (c != '\r' && c != '\n') {
                line_ += c;
                continue;
            }
            std::string line = std::exchange(line_, {});
            if (std::exchange(first_line_, false) && line.starts_with("\xef\xbb\xbf"))
                line.erase(0, 3);
            if (line.empty()) {
                dispatch(complete);
            } else {
                process(line);
            }
        }
        return complete;
    }

    /// The last time to reconnect that the stream has set.
    std::optional<unsigned long> retry() const { return retry_; }

    std::size_t comments() const { return comments_; }

private:
    void process(std::string_view line) {
        auto const colon = line.find(':');
        if (colon == 0) {
            ++comments_;
            return;
        }
        auto const name = line.substr(0, colon);
        auto value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
        if (value.starts_with(' ')) value.remove_prefix(1);
        if (name == "event") {
            type_ = value;
        } else if (name == "data") {
            data_.append(value) += '\n';
        } else if (name == "id") {
            if (value.find('\0') == std::string_view::npos) id_ = value;
        } else if (name == "retry") {
            if (!value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos) {
                retry_ = std::stoul(std::string(value));
            }
        }
    }

    void dispatch(std::vector<sse_message>& to) {
        std::string type = std::exchange(type_, {});
        std::string data = std::exchange(data_, {});
        if (data.empty()) return;
        data.pop_back();
        to.push_back({type.empty() ? "message" : std::move(type), std::move(data), id_});
    }

    bool after_cr_ = false;
    bool first_line_ = true;
    std::string line_;
    std::string type_;
    std::string data_;
    std::string id_;
    std::optional<unsigned long> retry_;
    std::size_t comments_ = 0;
};
