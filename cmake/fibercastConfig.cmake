include(CMakeFindDependencyMacro)
set(Boost_USE_STATIC_LIBS ON)  # docs/design-notes.md says why
find_dependency(Boost 1.81 CONFIG COMPONENTS fiber context url)
find_dependency(fmt)
find_dependency(OpenSSL 3 COMPONENTS Crypto)
find_dependency(spdlog)
find_dependency(Threads)
find_dependency(ZLIB)
include(${CMAKE_CURRENT_LIST_DIR}/fibercastTargets.cmake)
