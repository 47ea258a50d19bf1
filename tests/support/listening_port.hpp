#pragma once

#include <sys/types.h>

#include <cstdint>

/// The TCP port that a process listens on: for programs that do not tell. Waits until it does;
/// throws `failure` when it does not.
std::uint16_t listening_port(pid_t process);
