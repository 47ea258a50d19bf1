#include "clients/sample_readers.hpp"

#include "process/failure.hpp"

#include <algorithm>

namespace bench {
namespace {

constexpr std::string_view data_field = "data:";
constexpr std::string_view greeting = "Successfully connected";
constexpr int least_sample = 50;
constexpr int longest_distance = 100;

}  // namespace

void checking_reader::feed(std::string_view body, std::vector<std::uint32_t>& numbers) {
    auto const known = text_.size();  // without an end of line
    decoder_->feed(body, text_);
    std::size_t begin = 0;
    for (auto end = text_.find('\n', known); end != text_.npos; end = text_.find('\n', begin)) {
        take_line(std::string_view(text_).substr(begin, end - begin), numbers);
        begin = end + 1;
    }
    text_.erase(0, begin);
}

void checking_reader::take_line(std::string_view line, std::vector<std::uint32_t>& numbers) {
    if (line.starts_with(data_field)) {
        auto data = line.substr(data_field.size());
        if (data.starts_with(' ')) data.remove_prefix(1);
        if (data != greeting || next_ != 1) check(data);
        return;
    }
    if (line.empty()) {
        if (has_message_) numbers.push_back(next_++);
        has_message_ = false;
        return;
    }
    bool const harmless = line.starts_with(':') || line.starts_with("id:");
    if (!harmless) throw failure{fmt::format("a stream has a line '{}'", line.substr(0, 80))};
}

void checking_reader::check(std::string_view data) {
    if (has_message_ || next_ > messages_.published() || data != messages_.text(next_))
        throw failure{
            fmt::format("a stream has, in place of message {}, '{}'", next_, data.substr(0, 80))};
    has_message_ = true;
}

int sample_distance(int clients) { return std::clamp(clients / least_sample, 1, longest_distance); }

std::size_t count_lacking(std::vector<std::uint64_t> const& bytes, int messages) {
    auto const distance = static_cast<std::size_t>(sample_distance(static_cast<int>(bytes.size())));
    auto least = bytes.at(0);
    for (std::size_t i = 0; i < bytes.size(); i += distance) least = std::min(least, bytes[i]);
    auto const enough = least - least / static_cast<std::uint64_t>(2 * messages);
    return static_cast<std::size_t>(
        std::ranges::count_if(bytes, [&](auto each) { return each < enough; }));
}

}  // namespace bench
