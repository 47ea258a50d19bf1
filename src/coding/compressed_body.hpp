#pragma once

#include <fibercast/coding/content_coding.hpp>
#include <fibercast/http/body.hpp>

namespace fibercast {

/// The body `inner`, compressed: what it writes at a time can be read as soon as it has come. Its
/// size is not known beforehand. `coding` is not `identity`. Throws `std::bad_alloc`.
any_body compressed_body(content_coding coding, any_body inner);

}  // namespace fibercast
