# Lays the tutorial's project beside fibercast and has CMake make its build files;
# to compile all of fibercast once more would take two minutes and say nothing new.
# Usage: cmake -D SOURCE=... -D FOLDER=... -D COMPILER=... -P project.cmake

file(REMOVE_RECURSE ${FOLDER})
set(tutorial ${SOURCE}/tests/tutorial)
file(COPY ${tutorial}/project/CMakeLists.txt ${tutorial}/rooms.hpp ${tutorial}/rooms_test.cpp
    DESTINATION ${FOLDER}/live)
file(COPY_FILE ${tutorial}/step_10.cpp ${FOLDER}/live/main.cpp)
file(CREATE_LINK ${SOURCE} ${FOLDER}/fibercast SYMBOLIC)
execute_process(COMMAND_ERROR_IS_FATAL ANY COMMAND ${CMAKE_COMMAND} -S ${FOLDER}/live
    -B ${FOLDER}/live/build -G Ninja -D CMAKE_CXX_COMPILER=${COMPILER})
