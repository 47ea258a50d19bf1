# Installs the build tree into a folder of its own, and builds programs of somebody else against that.
# Usage: cmake -D BUILD=... -D SOURCE=... -D COMPILER=... -P installed.cmake

include(${CMAKE_CURRENT_LIST_DIR}/commands.cmake)
set(here ${BUILD}/tests/package/installed)
set(finding ${SOURCE}/tests/package/finding)
set(fibers ${SOURCE}/tests/package/fibers/fibers.cpp)
set(server ${SOURCE}/tests/readme/fifteen_lines.cpp)
file(REMOVE_RECURSE ${here})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${here}/prefix)
set(prefix -D CMAKE_PREFIX_PATH=${here}/prefix)

foreach(compiler IN LISTS compilers)
    get_filename_component(name ${compiler} NAME)
    build(${finding} ${here}/${name} ${compiler} ${prefix} -D PROGRAMS=${server})
endforeach()

# Fibers alone want neither tokens nor compression, nor what those stand on.
build(${finding} ${here}/fibers ${COMPILER} ${prefix} -D PROGRAMS=${fibers} -D COMPONENTS=runtime
    -D CMAKE_DISABLE_FIND_PACKAGE_OpenSSL=ON -D CMAKE_DISABLE_FIND_PACKAGE_ZLIB=ON
    -D CMAKE_DISABLE_FIND_PACKAGE_boost_url=ON)
run(${here}/fibers/fibers)
build(${finding} ${here}/datastar ${COMPILER} ${prefix} -D PROGRAMS=${fibers} -D COMPONENTS=datastar
    -D CMAKE_DISABLE_FIND_PACKAGE_OpenSSL=ON)
file(GLOB_RECURSE unit ${here}/prefix/*/fibercast.service)
if(unit)
    file(STRINGS ${unit} start REGEX "^ExecStart=")
    if(NOT start STREQUAL "ExecStart=${here}/prefix/bin/fibercast")
        message(FATAL_ERROR "the unit starts another binary than the one that was installed: ${start}")
    endif()
endif()
fails("there is no component fibres, only runtime" ${CMAKE_COMMAND} -S ${finding} -B ${here}/none
    -G Ninja -D CMAKE_CXX_COMPILER=${COMPILER} ${prefix} -D COMPONENTS=fibres)

# With a shared Boost, which the program has found before.
build(${finding} ${here}/shared-boost ${COMPILER} ${prefix} -D PROGRAMS=${fibers} -D SHARED_BOOST=ON)
run(${here}/shared-boost/fibers)

# An older standard is one clear error, with which it ends.
foreach(compiler IN LISTS compilers)
    fails("fibercast needs C++20" ${compiler} -std=c++17 -I ${here}/prefix/include -c ${server}
        -o ${here}/old.o)
    string(REGEX MATCHALL "error: [^\n]*" errors "${said}")
    list(FILTER errors EXCLUDE REGEX "fibercast.needs")
    if(errors)
        message(FATAL_ERROR "more errors than the one that says all:\n${said}")
    endif()
endforeach()

by_pkg_config(${here}/prefix ${fibers} ${here}/by-pkg-config)
