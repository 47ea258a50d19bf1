# For the scripts beside it.

# run(COMMAND...): must succeed.
function(run)
    execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# fails(WITH COMMAND...): must not, and must say so with these words. Sets `said`.
function(fails with)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE out ERROR_VARIABLE err)
    string(REGEX REPLACE "[ \n]+" " " words "${out}${err}")
    string(FIND "${words}" "${with}" at)
    if(result EQUAL 0 OR at EQUAL -1)
        message(FATAL_ERROR "should have failed with \"${with}\":\n${ARGN}\n${out}${err}")
    endif()
    set(said "${out}${err}" PARENT_SCOPE)
endfunction()

# build(SOURCE FOLDER COMPILER [ARGUMENT...]): configures and builds a project, unoptimised.
function(build source folder compiler)
    run(${CMAKE_COMMAND} -S ${source} -B ${folder} -G Ninja -D CMAKE_CXX_COMPILER=${compiler}
        -D CMAKE_BUILD_TYPE=Debug -D CMAKE_CXX_FLAGS_DEBUG=-O0 ${ARGN})
    run(${CMAKE_COMMAND} --build ${folder})
endfunction()

# The compiler of this build, and clang++ if that is there.
set(compilers ${COMPILER})
find_program(CLANG clang++)
if(CLANG AND NOT COMPILER MATCHES "clang")
    list(APPEND compilers ${CLANG})
endif()

# by_pkg_config(ROOT SOURCE PROGRAM): builds it without CMake, by what is installed below the root, with
# each compiler, and runs it.
function(by_pkg_config root source program)
    find_program(PKG_CONFIG pkg-config)
    if(NOT PKG_CONFIG)
        message("pkg-config is not installed: not tried")
        return()
    endif()
    file(GLOB_RECURSE pc ${root}/*/fibercast.pc)
    get_filename_component(folder ${pc} DIRECTORY)
    set(ENV{PKG_CONFIG_PATH} ${folder})
    execute_process(COMMAND ${PKG_CONFIG} --cflags --libs fibercast OUTPUT_VARIABLE flags
        COMMAND_ERROR_IS_FATAL ANY)
    separate_arguments(flags UNIX_COMMAND "${flags}")
    foreach(compiler IN LISTS compilers)
        run(${compiler} -std=c++20 ${source} -o ${program} ${flags})
        execute_process(COMMAND ${PKG_CONFIG} --variable=libdir fibercast OUTPUT_VARIABLE libdir
            OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
        run(${CMAKE_COMMAND} -E env LD_LIBRARY_PATH=${libdir} ${program})
    endforeach()
endfunction()
