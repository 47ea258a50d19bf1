#pragma once

#include <sys/socket.h>

/// Connects `fd`; false with errno. A connect that a signal, or a process stopped and continued,
/// interrupts goes on by itself and must not be asked for again: this waits for its end.
bool connect_socket(int fd, sockaddr const* address, socklen_t length);
