# Builds projects of somebody else that have fibercast's source in them, whole or by FetchContent.
# Only what they link of it is compiled. Usage: cmake -D BUILD=... -D SOURCE=... -D COMPILER=...
# -P contained.cmake

include(${CMAKE_CURRENT_LIST_DIR}/commands.cmake)
set(here ${BUILD}/tests/package/contained)
set(containing ${SOURCE}/tests/package/containing)
set(fibers ${SOURCE}/tests/package/fibers/fibers.cpp)
file(REMOVE_RECURSE ${here})
list(GET compilers -1 other)

build(${containing} ${here}/fetched ${COMPILER} -D FETCH=ON -D FIBERCAST=${SOURCE}
    -D PROGRAM=${fibers} -D COMPONENT=runtime)
run(${here}/fetched/program)
build(${containing} ${here}/added ${other} -D FIBERCAST=${SOURCE}
    -D PROGRAM=${fibers} -D COMPONENT=net)
run(${here}/added/program)
