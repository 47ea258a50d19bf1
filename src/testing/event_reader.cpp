#include <fibercast/testing/event_reader.hpp>

#include <utility>

namespace fibercast::testing {

std::vector<received_event> event_reader::feed(std::string_view bytes) {
    std::vector<received_event> complete;
    for (char const c : bytes) {
        if (c == '\n' && std::exchange(after_cr_, false)) continue;  // the second half of CRLF
        after_cr_ = c == '\r';
        if (c != '\r' && c != '\n') {
            line_ += c;
            continue;
        }
        std::string line = std::exchange(line_, {});
        if (std::exchange(first_line_, false) && line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
        if (line.empty()) {
            dispatch(complete);
        } else {
            process(line);
        }
    }
    return complete;
}

void event_reader::process(std::string_view line) {
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

void event_reader::dispatch(std::vector<received_event>& to) {
    std::string type = std::exchange(type_, {});
    std::string data = std::exchange(data_, {});
    if (data.empty()) return;
    data.pop_back();
    to.push_back({type.empty() ? "message" : std::move(type), std::move(data), id_});
}

}  // namespace fibercast::testing
