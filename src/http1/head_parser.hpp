#pragma once

#include <fibercast/http/fields.hpp>

#include <boost/beast/http/basic_parser.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace fibercast {

/// What a request's head says, as it was sent.
struct request_head {
    std::string method;
    std::string target;
    unsigned version = 11;  ///< 10 or 11.
    fibercast::fields fields;
};

/// Beast's parser of heads, without Beast's message: it fills in ours. Of the body it reads nothing;
/// bodies are simpler than Beast 1.81 is strict.
class head_parser final : public boost::beast::http::basic_parser<true> {
public:
    /// Complete when `is_header_done()`.
    request_head& head() noexcept { return head_; }
    request_head const& head() const noexcept { return head_; }

private:
    using error_code = boost::beast::error_code;
    using string_view = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb, string_view method, string_view target,
                         int version, error_code&) override;
    void on_field_impl(boost::beast::http::field, string_view name, string_view value,
                       error_code&) override;

    // Nothing more is to be known of what is never given to it.
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
    std::size_t on_body_impl(string_view, error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, string_view, error_code&) override { return 0; }
    void on_finish_impl(error_code&) override {}

    request_head head_;
};

}  // namespace fibercast
