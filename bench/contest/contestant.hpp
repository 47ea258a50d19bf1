#pragma once

#include "clients/stream_reader.hpp"

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bench {

/// A way in which a server sends its stream compressed.
struct compression {
    std::string coding;    ///< what `Accept-Encoding` asks for
    std::string note{};    ///< what it is called; empty: by its coding
    std::string query{};   ///< behind the URL, with its '?'
    std::string option{};  ///< behind the command line
};

/// Who takes turns in a contest, and how to deal with it.
struct contestant {
    std::string name;
    std::string version{};  ///< as it describes itself; may be empty

    /// Command line of the server, split at blanks (double quotes group), `{port}` in it being
    /// replaced. Empty: a server runs already, at `url`.
    std::string command{};
    std::string url = "http://127.0.0.1:{port}/";
    std::string publish = "stdin";  ///< or the path or URL that messages are POSTed to

    /// The same for one topic, `{topic}` in it being replaced. A `topic_publish` without that takes
    /// lines of JSON. Empty: as ours.
    std::string topic_url{};
    std::string topic_publish{};

    bool replays = false;  ///< who comes back with a `Last-Event-ID` gets what it has missed
    pid_t pid = 0;         ///< whom to watch if there is no command; 0: nobody

    /// Command line of a program without sockets that obeys commands, see peers/crowd.cpp.
    std::string crowd_command{};

    std::vector<int> cores{};  ///< where it is pinned; none: nowhere
    int apart = 0;             ///< so many of its clients are not of the turn's swarm
    int topics = 1;            ///< `{n}` in the URL is below this, see `swarm_options::queries`

    /// What is published to where there are topics, `{n}` in it being replaced by each of them.
    std::string topic = "t{n}";

    std::vector<compression> compressions{};
    std::string deliveries_page{};    ///< URL where it counts them, as Prometheus reads it; or none
    std::string deliveries_metric{};  ///< and under which name

    // See `swarm_options`.
    bool greets = true;
    std::function<std::string(int client)> fields{};
    std::function<std::unique_ptr<stream_reader>(int client)> reader{};
};

}  // namespace bench
