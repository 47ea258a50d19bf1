#include "browser/bundle_server.hpp"

#include "bundles/bundle.hpp"

#include <fibercast/http/cors.hpp>
#include <fibercast/http/response.hpp>

#include <fstream>
#include <iterator>

namespace {

std::string content_of(std::string const& file) {
    std::ifstream in(bundle(file), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

fibercast::router routes_to(std::vector<std::string> const& files) {
    fibercast::router routes;
    for (auto const& file : files)
        routes.get("/" + file, [content = content_of(file)](fibercast::request const&) {
            return fibercast::response(fibercast::status::ok, content)
                .header("Content-Type", "text/javascript; charset=utf-8");
        });
    return routes;
}

}  // namespace

bundle_server::bundle_server(std::vector<std::string> const& files)
    : routes_(routes_to(files)),
      server_(fibercast::with_cors({.origins = {"*"}}, routes_), {.port = 0, .workers = 1}) {
    server_.start();
}

std::string bundle_server::url(std::string const& file) const {
    return "http://" + server_.address().text() + "/" + file;
}
