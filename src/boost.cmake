# Defines the target fibercast_boost: Boost.Fiber, Boost.Context and the Boost headers, and finds
# Boost.URL. Everything that includes a Boost header must link it.
#
# The sanitizers cannot follow Boost.Context's assembler switches, which are all
# that Debian's libraries have. A sanitizer build therefore compiles the two
# libraries itself, with ucontext switches that announce themselves to the
# sanitizer. The definitions that select those change class layouts, so
# fibercast_boost passes them on, and the -fsanitize flags too.

set(FIBERCAST_SANITIZE "" CACHE STRING
    "Sanitizer to build with: address (with undefined behaviour), thread, or empty for none")
set_property(CACHE FIBERCAST_SANITIZE PROPERTY STRINGS "" address thread)
set(FIBERCAST_BOOST_SOURCE "" CACHE PATH
    "The installed Boost's source tree (the directory that holds libs/), for sanitizer builds")

if(FIBERCAST_SANITIZE STREQUAL "")
    # Debian's static ones cannot be put into a shared library. docs/design-notes.md has what either costs.
    if(fibercast_shared)
        set(Boost_USE_STATIC_LIBS OFF)
    elseif(NOT DEFINED Boost_USE_STATIC_LIBS)
        set(Boost_USE_STATIC_LIBS ON)
    endif()
    set(boost_components fiber context url)
    if(fibercast_shared)
        list(APPEND boost_components json)
    endif()
    find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS ${boost_components})
    get_target_property(boost_fiber_type Boost::fiber TYPE)
    if(fibercast_shared AND boost_fiber_type STREQUAL "STATIC_LIBRARY")
        message(FATAL_ERROR "fibercast is to be a shared library, and this project has found a static "
                            "Boost: set Boost_USE_STATIC_LIBS to OFF, or BUILD_SHARED_LIBS")
    endif()
    add_library(fibercast_boost INTERFACE)
    target_link_libraries(fibercast_boost INTERFACE Boost::fiber Boost::context Boost::headers)
    return()
endif()

if(FIBERCAST_SANITIZE STREQUAL "address")
    # Without vptr: that check opens a pipe to probe the object's memory, and takes it for an invalid
    # object where no descriptor is left, which is what some tests are about.
    set(sanitizer_flags -fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=undefined)
    set(sanitizer_definition BOOST_USE_ASAN)
elseif(FIBERCAST_SANITIZE STREQUAL "thread")
    set(sanitizer_flags -fsanitize=thread -Wno-tsan)
    set(sanitizer_definition BOOST_USE_TSAN)
else()
    message(FATAL_ERROR "FIBERCAST_SANITIZE must be \"address\", \"thread\" or empty, "
                        "not \"${FIBERCAST_SANITIZE}\"")
endif()

set(context_source ${FIBERCAST_BOOST_SOURCE}/libs/context/src)
set(fiber_source ${FIBERCAST_BOOST_SOURCE}/libs/fiber/src)
if(NOT EXISTS ${context_source}/fiber.cpp OR NOT EXISTS ${fiber_source}/fiber.cpp)
    message(FATAL_ERROR
        "A sanitizer build compiles Boost.Context and Boost.Fiber itself, and their source is not "
        "in FIBERCAST_BOOST_SOURCE (\"${FIBERCAST_BOOST_SOURCE}\"). \"./dev sanitize asan\" "
        "fetches it from Debian; or unpack the source of the Boost that is installed and set "
        "FIBERCAST_BOOST_SOURCE to the directory that holds its libs/.")
endif()

# Compact fibers switch by assembler here too, and tell the sanitizers themselves: that is all that is
# taken from the installed library, as what the one below has comes first.
set(Boost_USE_STATIC_LIBS ON)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS context url)
find_package(Threads REQUIRED)
file(GLOB fiber_sources CONFIGURE_DEPENDS ${fiber_source}/*.cpp ${fiber_source}/algo/*.cpp)
add_library(fibercast_boost STATIC
    ${context_source}/continuation.cpp
    ${context_source}/fiber.cpp
    ${context_source}/posix/stack_traits.cpp
    ${fiber_sources})
target_compile_features(fibercast_boost PUBLIC cxx_std_20)
target_compile_definitions(fibercast_boost
    PUBLIC BOOST_USE_UCONTEXT ${sanitizer_definition}
    PRIVATE BOOST_CONTEXT_SOURCE BOOST_FIBERS_SOURCE)
target_compile_options(fibercast_boost
    PUBLIC ${sanitizer_flags} -fno-omit-frame-pointer
    PRIVATE -w)
target_link_options(fibercast_boost PUBLIC ${sanitizer_flags})
target_link_libraries(fibercast_boost
    PUBLIC Boost::context Boost::headers Threads::Threads)

# ThreadSanitizer does not see stand-alone fences (hence -Wno-tsan). The reference counts of
# Boost.Fiber and Asio use one before the last owner's delete, so it would report each object that
# two threads have owned. Copies of those headers do without: the decrement itself acquires.
if(FIBERCAST_SANITIZE STREQUAL "thread")
    get_target_property(boost_include_dir Boost::headers INTERFACE_INCLUDE_DIRECTORIES)
    set(fenceless_dir ${CMAKE_CURRENT_BINARY_DIR}/fenceless-boost)
    foreach(header fiber/algo/algorithm.hpp fiber/context.hpp fiber/detail/fss.hpp
                   fiber/future/detail/shared_state.hpp asio/detail/atomic_count.hpp)
        file(READ ${boost_include_dir}/boost/${header} content)
        string(REGEX REPLACE "(fetch_sub\\( ?1, std::memory_order_)release" "\\1acq_rel"
               content "${content}")
        string(REGEX REPLACE "std::atomic_thread_fence\\( ?std::memory_order_acquire\\);" ""
               content "${content}")
        file(CONFIGURE OUTPUT ${fenceless_dir}/boost/${header} CONTENT "${content}" @ONLY)
    endforeach()
    target_include_directories(fibercast_boost SYSTEM BEFORE PUBLIC ${fenceless_dir})
endif()
