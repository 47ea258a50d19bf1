#include "json_members.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <cstdint>
#include <limits>
#include <set>
#include <utility>
#include <vector>

namespace fibercast {
namespace {

namespace json = boost::json;

/// What Boost's parser says of a text, as far as it is about the names of members.
class name_reader {
    using error_code = json::error_code;
    using text = json::string_view;

public:
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size;
    static constexpr std::size_t max_string_size = max_object_size;

    bool on_key_part(text part, std::size_t, error_code&) {
        name_.append(part.data(), part.size());
        return true;
    }
    bool on_key(text part, std::size_t, error_code&) {
        name_.append(part.data(), part.size());
        auto const name = std::exchange(name_, {});
        if (!twice && !names_.back().insert(name).second) twice = name;
        return true;
    }
    bool on_object_begin(error_code&) { return names_.emplace_back(), true; }
    bool on_object_end(std::size_t, error_code&) { return names_.pop_back(), true; }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t, error_code&) { return true; }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_string_part(text, std::size_t, error_code&) { return true; }
    bool on_string(text, std::size_t, error_code&) { return true; }
    bool on_number_part(text, error_code&) { return true; }
    bool on_int64(std::int64_t, text, error_code&) { return true; }
    bool on_uint64(std::uint64_t, text, error_code&) { return true; }
    bool on_double(double, text, error_code&) { return true; }
    bool on_bool(bool, error_code&) { return true; }
    bool on_null(error_code&) { return true; }
    bool on_comment_part(text, error_code&) { return true; }
    bool on_comment(text, error_code&) { return true; }

    std::optional<std::string> twice;

private:
    std::vector<std::set<std::string>> names_;  // of the objects that we are in
    std::string name_;
};

}  // namespace

std::optional<std::string> member_given_twice(std::string_view text) {
    json::basic_parser<name_reader> reader{json::parse_options()};
    json::error_code error;
    reader.write_some(false, text.data(), text.size(), error);
    return reader.handler().twice;
}

}  // namespace fibercast
