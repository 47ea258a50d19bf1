# Makes Debian packages with shared libraries, looks at them with lintian, and builds programs against
# what they hold. Usage: cmake -D BUILD=... -D SOURCE=... -D COMPILER=... -P debian.cmake

include(${CMAKE_CURRENT_LIST_DIR}/commands.cmake)
set(here ${BUILD}/tests/package/debian)
file(REMOVE_RECURSE ${here}/packages ${here}/root ${here}/finding)
find_program(DPKG_DEB dpkg-deb)
find_program(DPKG_SHLIBDEPS dpkg-shlibdeps)
if(NOT DPKG_DEB OR NOT DPKG_SHLIBDEPS)
    message("SKIPPED: dpkg-deb and dpkg-shlibdeps are not both installed")
    return()
endif()
file(STRINGS ${SOURCE}/include/fibercast/version.hpp version REGEX "FIBERCAST_VERSION ")
string(REGEX MATCH "[0-9.]+" version "${version}")

# As `./dev package` does, but unoptimised.
execute_process(COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY ${SOURCE}
    COMMAND ${CMAKE_COMMAND} --preset package -B ${here}/build -D CMAKE_CXX_COMPILER=${COMPILER}
        -D CMAKE_BUILD_TYPE=Debug -D CMAKE_CXX_FLAGS_DEBUG=-O0)
run(${CMAKE_COMMAND} --build ${here}/build)
run(${CMAKE_CPACK_COMMAND} --config ${here}/build/CPackConfig.cmake -B ${here}/packages)
file(GLOB packages ${here}/packages/*.deb)
list(LENGTH packages count)
if(NOT count EQUAL 3)
    message(FATAL_ERROR "not three packages, but ${packages}")
endif()
find_program(LINTIAN lintian)
if(LINTIAN)
    run(${LINTIAN} --fail-on error,warning ${packages})
else()
    message("lintian is not installed: not asked")
endif()
foreach(package IN LISTS packages)
    run(${DPKG_DEB} --extract ${package} ${here}/root)
endforeach()

# must_have(FILE WORDS): below the root.
function(must_have file words)
    file(STRINGS ${here}/root/usr/${file} lines)
    string(FIND "${lines}" "${words}" at)
    if(at EQUAL -1)
        message(FATAL_ERROR "${file} has no \"${words}\"")
    endif()
endfunction()
file(GLOB_RECURSE units RELATIVE ${here}/root/usr ${here}/root/*/fibercast.service)
must_have(${units} "ExecStart=/usr/bin/fibercast")
must_have(share/bash-completion/completions/fibercast "complete -F _fibercast fibercast")
must_have(share/zsh/vendor-completions/_fibercast "#compdef fibercast")
run(gzip -t ${here}/root/usr/share/man/man1/fibercast.1.gz)
run(${here}/root/usr/bin/fibercast --version)

# What the library shows is public, and has its version in its name.
file(GLOB_RECURSE library ${here}/root/*/libfibercast.so.${version})
execute_process(COMMAND readelf -d ${library} OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
if(NOT dynamic MATCHES "SONAME[^\n]*\\[libfibercast\\.so\\.[0-9]+\\]" OR NOT dynamic MATCHES "BIND_NOW")
    message(FATAL_ERROR "the library's name, or when it is bound:\n${dynamic}")
endif()
execute_process(COMMAND nm -DC --defined-only ${library} OUTPUT_VARIABLE symbols
    COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]* [TDBR] [^\n]*" strong "${symbols}")
list(FILTER strong EXCLUDE REGEX " [TDBR] ([a-z -]+ (for|to) )?fibercast::")
if(strong OR symbols MATCHES " [TDBR] fibercast::(shard|carrier|stage|taps)::")
    list(JOIN strong "\n" strong)
    message(FATAL_ERROR "the library shows what is not public:\n${strong}")
endif()

# Programs against it, among them all there are to copy from.
build(${SOURCE}/tests/package/finding ${here}/finding ${COMPILER}
    -D CMAKE_PREFIX_PATH=${here}/root/usr -D PROGRAMS=${SOURCE}/examples/*.cpp
    -D CMAKE_DISABLE_FIND_PACKAGE_OpenSSL=ON -D CMAKE_DISABLE_FIND_PACKAGE_ZLIB=ON)
set(fibers ${SOURCE}/tests/package/fibers/fibers.cpp)
by_pkg_config(${here}/root ${fibers} ${here}/by-pkg-config)
