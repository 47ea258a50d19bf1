#pragma once

#include "contest/contestant.hpp"
#include "process/temporary_file.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// What a fibercast needs to be a hub of the Mercure protocol, and its subscribers to be let in.
class mercure_hub {
public:
    /// Makes the file with the secret that tokens are signed with.
    mercure_hub();

    /// `server`, a fibercast, as such a hub, with its operators' address. It must not run longer
    /// than this lives. Or one that runs already at its URL, with options and ways to publish of
    /// its own. `query`, without its '?', says what is subscribed to; `{n}` in it is replaced as in
    /// `swarm_options`.
    contestant subscribed_by(contestant const& server, std::string const& query) const;

    /// Says that `holder` may subscribe to these topics, for the next hours.
    std::string token(std::string_view holder, std::vector<std::string> const& topics) const;

private:
    std::string secret_;
    temporary_file key_;
};

}  // namespace bench
