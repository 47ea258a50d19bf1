#pragma once

#include "clients/content_decoder.hpp"
#include "clients/stream_reader.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// What is published, one message after the other: the next only when every client has the one
/// before. Each is one line that begins with its number.
class message_sequence {
public:
    /// Message 1, 2, ... The first are published now.
    explicit message_sequence(std::vector<std::string> texts) : texts_{std::move(texts)} {}

    std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(texts_.size()); }
    std::string const& text(std::uint32_t number) const { return texts_.at(number - 1); }

    std::uint32_t published() const noexcept { return published_; }  ///< 0: none yet
    void begin_anew() noexcept { published_ = 0; }
    std::string const& publish_next() { return text(++published_); }

private:
    std::vector<std::string> texts_;
    std::uint32_t published_ = 0;
};

/// A client of the sample: decodes everything, and wants each event to be what was published, whole
/// and in order.
class checking_reader : public stream_reader {
public:
    /// The messages must outlive this.
    checking_reader(std::string_view coding, message_sequence const& messages)
        : decoder_{decoder_of(coding)}, messages_{messages} {}

    void feed(std::string_view body, std::vector<std::uint32_t>& numbers) override;

private:
    void take_line(std::string_view line, std::vector<std::uint32_t>& numbers);
    void check(std::string_view data);

    std::unique_ptr<content_decoder> decoder_;
    message_sequence const& messages_;
    std::string text_;          // decoded, and not yet a whole line
    std::uint32_t next_ = 1;    // message that is expected
    bool has_message_ = false;  // in the event that is not over yet
};

/// One of the many who decode nothing: whatever comes first after a message was published is taken
/// for it.
class counting_reader : public stream_reader {
public:
    /// The messages must outlive this.
    explicit counting_reader(message_sequence const& messages) : messages_{messages} {}

    void feed(std::string_view, std::vector<std::uint32_t>& numbers) override {
        if (last_ < messages_.published()) numbers.push_back(last_ = messages_.published());
    }

private:
    message_sequence const& messages_;
    std::uint32_t last_ = 0;
};

/// Of so many clients each of this distance, from the first on, is of the sample.
int sample_distance(int clients);

/// How many clients lack a message, by the bytes that each of them has got, of which those of the
/// sample are known to be all: they have half a message less than the least of these, or lack more.
std::size_t count_lacking(std::vector<std::uint64_t> const& bytes, int messages);

}  // namespace bench
