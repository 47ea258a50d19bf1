#include "clients/line_publisher.hpp"

#include "process/failure.hpp"

#include <unistd.h>

namespace bench {

void line_publisher::publish(std::string_view message) {
    pending_.append("broadcast ").append(message).append("\n");
}

void line_publisher::publish_to(std::string_view topic, std::string_view message) {
    pending_.append("publish ").append(topic).append(" ").append(message).append("\n");
}

void line_publisher::go_on() {
    std::size_t written = 0;
    while (written < pending_.size()) {
        auto const size =
            ::write(pipe_.get(), pending_.data() + written, pending_.size() - written);
        if (size < 0 && errno == EAGAIN) break;
        if (size < 0) throw failure{"the server no longer reads its standard input"};
        written += static_cast<std::size_t>(size);
    }
    pending_.erase(0, written);
}

}  // namespace bench
