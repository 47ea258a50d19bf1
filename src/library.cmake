# What programs link: fibercast::fibercast for all of it, or fibercast::NAME for a folder and what is
# below it. They are the folders' archives; with BUILD_SHARED_LIBS, all are one shared library, since
# the folders use of each other what nobody else is to see.

get_property(layers GLOBAL PROPERTY FIBERCAST_LAYERS)
set(fibercast_libraries)

if(NOT fibercast_shared)
    foreach(layer ${layers})
        add_library(fibercast::${layer} ALIAS fibercast_${layer})
        list(APPEND fibercast_libraries fibercast_${layer})
    endforeach()
    add_library(fibercast_library INTERFACE)
    target_link_libraries(fibercast_library INTERFACE fibercast_server fibercast_mercure)
else()
    set(objects ${layers})
    list(TRANSFORM objects REPLACE "(.+)" "$<TARGET_OBJECTS:fibercast_\\1>")
    add_library(fibercast_library SHARED ${objects})
    target_compile_features(fibercast_library INTERFACE cxx_std_20)
    target_include_directories(fibercast_library
        INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)
    target_link_libraries(fibercast_library
        PUBLIC fibercast_boost Boost::json fmt::fmt spdlog::spdlog Threads::Threads
        PRIVATE Boost::url re2 OpenSSL::Crypto ZLIB::ZLIB brotlienc zstd)
    target_link_options(fibercast_library PUBLIC -Wl,-z,now PRIVATE -Wl,--no-undefined)
    set_target_properties(fibercast_library PROPERTIES
        OUTPUT_NAME fibercast VERSION ${PROJECT_VERSION} SOVERSION ${fibercast_abi})
    foreach(layer ${layers})
        add_library(fibercast_of_${layer} INTERFACE)
        add_library(fibercast::${layer} ALIAS fibercast_of_${layer})
        target_link_libraries(fibercast_of_${layer} INTERFACE fibercast_library)
        set_target_properties(fibercast_of_${layer} PROPERTIES EXPORT_NAME ${layer})
        list(APPEND fibercast_libraries fibercast_of_${layer})
    endforeach()
endif()

add_library(fibercast::fibercast ALIAS fibercast_library)
set_target_properties(fibercast_library PROPERTIES EXPORT_NAME fibercast)
list(APPEND fibercast_libraries fibercast_library fibercast_boost)
set(fibercast_libraries ${fibercast_libraries} PARENT_SCOPE)
