# `cmake --install` gives a package that other projects find: find_package(fibercast) and link
# fibercast::fibercast.

if(NOT FIBERCAST_SANITIZE STREQUAL "")
    # The Boost of such a build is one of its own, which no other program has.
    install(CODE "message(FATAL_ERROR \"fibercast: a sanitizer build is not for installing\")")
    return()
endif()

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/fibercast)
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS fibercast_boost fibercast_runtime fibercast_net fibercast_http fibercast_url
        fibercast_access fibercast_http1 fibercast_coding fibercast_sse fibercast_server fibercast_service fibercast_mercure
        fibercast_datastar fibercast_testing fibercast_library
    EXPORT fibercast INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT fibercast NAMESPACE fibercast:: FILE fibercastTargets.cmake DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/fibercastConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES cmake/fibercastConfig.cmake ${PROJECT_BINARY_DIR}/fibercastConfigVersion.cmake
    DESTINATION ${package_dir})
if(FIBERCAST_SERVER)
    install(TARGETS fibercast)
endif()
