#include <fibercast/http/body.hpp>

namespace fibercast {

void write_body(std::string const& text, output& out) { (void)out.write(text); }

std::uint64_t body_size(std::string const& text) noexcept { return text.size(); }

}  // namespace fibercast
