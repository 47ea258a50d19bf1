#include <fibercast/http/answered.hpp>

#include "handler_log.hpp"

#include <fibercast/http/request_error.hpp>

#include <exception>
#include <new>

namespace fibercast {

response answered(request const& asked, handler const& by) {
    try {
        return by(asked);
    } catch (request_error const& error) {
        log_request_error(asked, error.status(), error.what());
        return response::plain(error.status());
    } catch (std::bad_alloc const& failure) {
        log_failure(asked, failure.what());
        return response::not_now();
    } catch (std::exception const& failure) {
        log_failure(asked, failure.what());
    } catch (...) {
        log_failure(asked, "an exception of an unknown type");
    }
    return response::plain(status::internal_server_error);
}

}  // namespace fibercast
