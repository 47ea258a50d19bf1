#include <fibercast/http/body.hpp>

namespace fibercast {

void write_body(std::string const& text, output& out) { (void)out.write(text); }

std::uint64_t body_size(std::string const& text) noexcept { return text.size(); }

// Here, so that not everybody who includes the header makes the code for strings.
any_body::any_body() : any_body(std::string()) {}

any_body::any_body(char const* text) : any_body(std::string(text)) {}

}  // namespace fibercast
