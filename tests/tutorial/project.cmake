# Lays the project of the tutorial's first step beside fibercast and has CMake make its build files;
# to compile all of fibercast once more would take two minutes and say nothing new.
# Usage: cmake -D SOURCE=... -D FOLDER=... -D COMPILER=... -P project.cmake

file(REMOVE_RECURSE ${FOLDER})
file(COPY ${SOURCE}/tests/tutorial/project/CMakeLists.txt DESTINATION ${FOLDER}/live)
file(COPY_FILE ${SOURCE}/tests/tutorial/step_2.cpp ${FOLDER}/live/main.cpp)
file(CREATE_LINK ${SOURCE} ${FOLDER}/fibercast SYMBOLIC)
execute_process(COMMAND_ERROR_IS_FATAL ANY COMMAND ${CMAKE_COMMAND} -S ${FOLDER}/live
    -B ${FOLDER}/live/build -G Ninja -D CMAKE_CXX_COMPILER=${COMPILER})
