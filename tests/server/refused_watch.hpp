#pragma once

/// While one lives, the kernel says that it has no memory to watch sockets that listen.
class refused_watch {
public:
    refused_watch() noexcept;
    ~refused_watch();
    refused_watch(refused_watch const&) = delete;
    refused_watch& operator=(refused_watch const&) = delete;
};
