# `cpack` makes Debian packages of what is installed: `./dev package` does, from a build with shared
# libraries whose prefix is /usr.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "fibercast maintainers <maintainers@fibercast.invalid>" CACHE STRING
    "Whom the packages name as their maintainer")
set(CPACK_COMPONENTS_ALL development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_SET_DESTDIR ON)  # the unit has the prefix in it, as it will be
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# What each of them has to have below share/doc. The archive's own format of a licence and of a
# changelog; only packages have them.
file(STRINGS LICENSE license)
list(TRANSFORM license PREPEND " ")
list(TRANSFORM license REPLACE "^ $" " .")
list(JOIN license "\n" license)
string(TIMESTAMP day "%a, %d %b %Y %H:%M:%S +0000" UTC)
set(debian_dir ${PROJECT_BINARY_DIR}/debian)
configure_file(cmake/debian/copyright.in ${debian_dir}/copyright @ONLY)
configure_file(cmake/debian/changelog.in ${debian_dir}/changelog @ONLY)
execute_process(COMMAND gzip -9nkf ${debian_dir}/changelog COMMAND_ERROR_IS_FATAL ANY)

# fibercast_package(COMPONENT PACKAGE SECTION DESCRIPTION): the first line of that is its synopsis.
function(fibercast_package component package section description)
    string(TOUPPER ${component} upper)
    set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package} PARENT_SCOPE)
    set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section} PARENT_SCOPE)
    set(CPACK_DEBIAN_${upper}_DESCRIPTION "${description}" PARENT_SCOPE)
    list(APPEND CPACK_COMPONENTS_ALL ${component})
    list(REMOVE_DUPLICATES CPACK_COMPONENTS_ALL)
    set(CPACK_COMPONENTS_ALL ${CPACK_COMPONENTS_ALL} PARENT_SCOPE)
    install(FILES ${debian_dir}/copyright ${debian_dir}/changelog.gz
        DESTINATION share/doc/${package} COMPONENT ${component} EXCLUDE_FROM_ALL)
endfunction()

set(what "fibercast holds very many clients of Server-Sent Events and broadcasts to
all of them. Every connection is a fiber, so that handlers are plain blocking
code.
")
find_package(Boost 1.81 CONFIG REQUIRED)
set(boost ${Boost_VERSION_MAJOR}.${Boost_VERSION_MINOR})
set(development_needs libboost${boost}-dev libboost-context${boost}-dev libboost-fiber${boost}-dev
    libfmt-dev libspdlog-dev)
if(fibercast_shared)
    list(APPEND development_needs libboost-json${boost}-dev)
    fibercast_package(library libfibercast${fibercast_abi} libs
        "Server-Sent Events for very many clients, on fibers: shared library\n${what}")
    set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
    set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
    set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/cmake/debian/triggers)
    set(CPACK_POST_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/debian/without_scripts.cmake)
    list(PREPEND development_needs "libfibercast${fibercast_abi} (= ${PROJECT_VERSION})")
else()
    list(APPEND development_needs libboost-url${boost}-dev libbrotli-dev libre2-dev libssl-dev
        libzstd-dev zlib1g-dev)
endif()
fibercast_package(development libfibercast-dev libdevel
    "Server-Sent Events for very many clients, on fibers: development files\n${what}")
list(JOIN development_needs ", " CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)
install(DIRECTORY examples/ DESTINATION share/doc/libfibercast-dev/examples
    COMPONENT development EXCLUDE_FROM_ALL PATTERN CMakeLists.txt EXCLUDE)
if(FIBERCAST_SERVER)
    set(CPACK_DEBIAN_SERVER_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/cmake/debian/postinst
        ${PROJECT_SOURCE_DIR}/cmake/debian/prerm ${PROJECT_SOURCE_DIR}/cmake/debian/postrm)
    fibercast_package(server fibercast net "server that broadcasts Server-Sent Events\n${what}")
endif()

include(CPack)
