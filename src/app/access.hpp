#pragma once

#include "options.hpp"

#include <fibercast/access/key_ring.hpp>
#include <fibercast/mercure/mercure_hub.hpp>
#include <fibercast/service/token_access.hpp>

#include <memory>

namespace fibercast::app {

/// Who may do what on the public address, as the options say.
class access {
public:
    /// Reads the keys. Throws `std::runtime_error` with the file and what is wrong.
    explicit access(options const& from);

    access_rules const& rules() const noexcept { return rules_; }
    /// Whose keys can be read again; without files it has none.
    std::shared_ptr<key_ring> const& keys() const noexcept { return keys_; }

    /// Says in the log what nobody can do, or what is checked less.
    static void remark(access_options const& from);

private:
    std::shared_ptr<key_ring> const keys_;
    access_rules const rules_;
};

/// The Mercure hub that the options want; `limits` as of other streams.
mercure::hub_settings mercure_settings(options const& from, access const& by,
                                       subscribe_options limits);

}  // namespace fibercast::app
