# Installs the build tree into a folder of its own, and builds the README's program against that.
# Usage: cmake -D BUILD=... -D SOURCE=... -D COMPILER=... -P run.cmake

set(here ${BUILD}/tests/package)
file(REMOVE_RECURSE ${here})
function(run)
    execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${here}/installed)
run(${CMAKE_COMMAND} -S ${SOURCE}/tests/package -B ${here}/build -G Ninja
    -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_PREFIX_PATH=${here}/installed
    -D FIFTEEN_LINES=${SOURCE}/tests/readme/fifteen_lines.cpp)
run(${CMAKE_COMMAND} --build ${here}/build)
