# Has npm put the packages of SOURCE/package.json into FOLDER, unless what SOURCE/bundles.sha512
# lists is there, and holds that against the list.
# Usage: cmake -D SOURCE=... -D FOLDER=... -P fetch.cmake

file(STRINGS ${SOURCE}/bundles.sha512 listed)

# The files that are not there, and those that are not what the list says.
function(look missing_in other_in)
    set(missing)
    set(other)
    foreach(line ${listed})
        string(REGEX MATCH "^([0-9a-f]+)  (.+)$" parts "${line}")
        set(file ${FOLDER}/${CMAKE_MATCH_2})
        if(NOT EXISTS ${file})
            list(APPEND missing ${CMAKE_MATCH_2})
            continue()
        endif()
        set(wanted ${CMAKE_MATCH_1})
        file(SHA512 ${file} found)
        if(NOT found STREQUAL wanted)
            list(APPEND other ${file})
        endif()
    endforeach()
    set(${missing_in} "${missing}" PARENT_SCOPE)
    set(${other_in} "${other}" PARENT_SCOPE)
endfunction()

look(missing other)
if(NOT missing AND NOT other)
    return()
endif()

find_program(npm npm)
if(NOT npm)
    message("SKIPPED: npm is not installed")
    return()
endif()
file(REMOVE_RECURSE ${FOLDER}/node_modules)
file(COPY ${SOURCE}/package.json DESTINATION ${FOLDER})
execute_process(WORKING_DIRECTORY ${FOLDER} TIMEOUT 100 RESULT_VARIABLE result
    COMMAND ${npm} install --ignore-scripts --no-package-lock --no-audit --no-fund
        --no-update-notifier --fetch-retries=1 --fetch-retry-mintimeout=1000)
if(NOT result EQUAL 0)
    file(REMOVE_RECURSE ${FOLDER}/node_modules)  # half a tree would be taken for a whole one
    message("SKIPPED: npm cannot fetch them (${result})")
    return()
endif()

look(missing other)
if(missing OR other)
    file(REMOVE_RECURSE ${FOLDER}/node_modules)  # no browser is to see it
    message(FATAL_ERROR "not what ${SOURCE}/bundles.sha512 lists: ${missing} ${other}")
endif()
