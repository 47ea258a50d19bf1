#include "desk.hpp"
#include "new_id.hpp"
#include "service/refusal.hpp"
#include "update.hpp"

#include <fibercast/http/request_error.hpp>
#include <fibercast/service/topic_urls.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace fibercast::mercure {
namespace {

class publish_handler {
public:
    explicit publish_handler(desk_ptr of) : desk_(std::move(of)) {}

    /// In this order: who is nobody is not told what is wrong with what they say, and what nobody
    /// may say is wrong whatever a token allows.
    response operator()(request const& asked) const {
        return or_refusal([&] {
            auto const& access = desk_->settings.access;
            auto const publisher = publisher_of(asked, access);
            if (auto const* const refused = std::get_if<access_refusal>(&publisher))
                return refused->answer();
            auto const posted = read_update(asked);
            for (auto const& each : posted.topics) {
                if (is_reserved(each, desk_->hub_url()))
                    throw request_error("topics below the hub's own path are the hub's");
            }
            if (!may_publish(*std::get<grant_ptr>(publisher), access, posted.topics))
                return desk_->refuse(access_error::insufficient_scope);
            return publish(posted);
        });
    }

private:
    response publish(update const& posted) const {
        publish_request made{
            .topics = {}, .what = event_of(posted), .is_private = posted.is_private};
        made.topics.reserve(posted.topics.size());
        for (auto const& each : posted.topics) {
            made.topics.push_back(
                {each, desk_->speaks_0x() ? std::string() : url_spelling(each, desk_->hub_url())});
        }
        auto id = desk_->clients.publish(made, after(desk_->settings.patience));
        if (!id) {
            return refusal(status::service_unavailable,
                           "the clients do not keep up, and nothing was published")
                .header("Retry-After", "2");
        }
        return response::text(status::ok, *std::move(id));
    }

    event event_of(update const& posted) const {
        event made(posted.data);
        if (posted.id)
            made.id(*posted.id);
        else if (!desk_->clients.gives_ids())
            made.id(new_id());
        if (posted.type) made.type(*posted.type);
        if (posted.retry) made.retry(*posted.retry);
        return made;
    }

    desk_ptr const desk_;
};

}  // namespace

handler publishing(desk_ptr of) { return publish_handler(std::move(of)); }

}  // namespace fibercast::mercure
