#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/handler.hpp>

#include <string>
#include <vector>

namespace fibercast {

struct guard_options {
    /// What else the address may be called by those who ask, such as `admin.example.org`, without a
    /// port. `localhost`, 127.0.0.0/8 and `[::1]` need not be named.
    std::vector<std::string> hosts = {};
};

/// For an address that only this machine reaches, and whoever reaches it may do everything. The
/// browsers on this machine reach it, too, and run the pages of strangers. So `inner` gets no
/// request
/// - whose `Host` is none of the address's names: a stranger's name that leads here (DNS
///   rebinding);
/// - whose `Origin` is not the address itself as the request names it, or that the browser calls
///   cross-site (`Sec-Fetch-Site`): a stranger's page that posts to localhost.
///
/// They get 403 with a sentence. What is no browser sends neither of the latter two.
FIBERCAST_API handler guarded(handler inner, guard_options settings = {});

}  // namespace fibercast
