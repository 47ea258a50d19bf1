#pragma once

/// Major, minor and patch. CMakeLists.txt reads it here, too.
#define FIBERCAST_VERSION "0.1.0"
