#pragma once

#include <fibercast/access/grant.hpp>
#include <fibercast/access/token_rules.hpp>

#include <boost/json/object.hpp>

namespace fibercast {

/// Reads what the claims of a verified token allow into `to`. One detail that is wrong spoils them
/// all: throws `bad_token`.
void read_rights(boost::json::object const& claims, token_rules const& rules, url const& hub,
                 grant& to);

}  // namespace fibercast
