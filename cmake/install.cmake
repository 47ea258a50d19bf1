# `cmake --install` gives what other projects find, with find_package(fibercast) or pkg-config, and the
# server with what a system wants to have of it. Three components: library, development, server.

if(NOT FIBERCAST_SANITIZE STREQUAL "")
    # The Boost of such a build is one of its own, which no other program has.
    install(CODE "message(FATAL_ERROR \"fibercast: a sanitizer build is not for installing\")")
    return()
endif()

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/fibercast)
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
install(TARGETS ${fibercast_libraries}
    EXPORT fibercast
    ARCHIVE COMPONENT development
    LIBRARY COMPONENT library NAMELINK_COMPONENT development
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT fibercast NAMESPACE fibercast:: FILE fibercastTargets.cmake
    DESTINATION ${package_dir} COMPONENT development)

# With a major version it will be SameMajorVersion: docs/versioning.md.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/fibercastConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
get_property(fibercast_components GLOBAL PROPERTY FIBERCAST_LAYERS)
configure_file(cmake/fibercastConfig.cmake.in ${PROJECT_BINARY_DIR}/fibercastConfig.cmake @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/fibercastConfig.cmake
        ${PROJECT_BINARY_DIR}/fibercastConfigVersion.cmake
    DESTINATION ${package_dir} COMPONENT development)

# Paths in it are relative to it: `--prefix` may be another one by then.
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH prefix_from_pkgconfig /prefix/${pkgconfig_dir} /prefix)
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig ${prefix_from_pkgconfig})
cmake_path(APPEND pkgconfig_includedir "\${prefix}" ${CMAKE_INSTALL_INCLUDEDIR})
cmake_path(APPEND pkgconfig_libdir "\${prefix}" ${CMAKE_INSTALL_LIBDIR})
if(fibercast_shared)
    set(pkgconfig_libraries "-lfibercast -lboost_json")
    set(pkgconfig_requires "fmt spdlog")
else()
    # Who uses something comes before it.
    set(pkgconfig_libraries ${fibercast_components})
    list(REVERSE pkgconfig_libraries)
    list(TRANSFORM pkgconfig_libraries PREPEND -lfibercast_)
    list(JOIN pkgconfig_libraries " " pkgconfig_libraries)
    string(APPEND pkgconfig_libraries " -lboost_url")
    set(pkgconfig_requires "fmt spdlog libbrotlienc libcrypto libzstd re2 zlib")
endif()
configure_file(cmake/fibercast.pc.in ${PROJECT_BINARY_DIR}/fibercast.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/fibercast.pc
    DESTINATION ${pkgconfig_dir} COMPONENT development)

if(FIBERCAST_SERVER)
    include(cmake/install_server.cmake)
endif()
if(PROJECT_IS_TOP_LEVEL)
    include(cmake/package.cmake)
endif()
