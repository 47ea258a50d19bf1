#include "new_id.hpp"

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

namespace fibercast::mercure {

std::string new_id() {
    return "urn:uuid:" + boost::uuids::to_string(boost::uuids::random_generator()());
}

}  // namespace fibercast::mercure
