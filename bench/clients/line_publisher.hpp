#pragma once

#include "clients/publisher.hpp"
#include "process/unique_fd.hpp"

#include <string>

namespace bench {

/// Lines `broadcast TEXT` into the standard input of a server that we started.
class line_publisher : public publisher {
public:
    explicit line_publisher(unique_fd pipe) : pipe_{std::move(pipe)} {}

    int fd() const override { return pipe_.get(); }
    void publish(std::string_view message) override;
    void publish_to(std::string_view topic, std::string_view message) override;
    void go_on() override;

private:
    unique_fd pipe_;
    std::string pending_;
};

}  // namespace bench
