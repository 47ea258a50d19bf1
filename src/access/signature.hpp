#pragma once

#include "openssl.hpp"

#include <fibercast/access/signing_algorithm.hpp>

#include <string_view>

namespace fibercast {

/// Whether it is the text's by this key, which must fit the algorithm. Leaves errors in OpenSSL's
/// queue. Throws `std::bad_alloc`.
bool is_signature(EVP_PKEY& key, signing_algorithm algorithm, std::string_view text,
                  std::string_view signature);

}  // namespace fibercast
