# CPack gives a package with a shared library scripts that call ldconfig, which Debian leaves to a
# trigger. So they are taken out again; they do nothing else.

find_program(DPKG_DEB dpkg-deb REQUIRED)
foreach(package IN LISTS CPACK_PACKAGE_FILES)
    set(folder ${CPACK_TEMPORARY_DIRECTORY}/without-scripts)
    file(REMOVE_RECURSE ${folder})
    execute_process(COMMAND ${DPKG_DEB} --raw-extract ${package} ${folder} COMMAND_ERROR_IS_FATAL ANY)
    if(EXISTS ${folder}/DEBIAN/triggers)
        file(REMOVE ${folder}/DEBIAN/postinst ${folder}/DEBIAN/postrm)
        execute_process(COMMAND ${DPKG_DEB} --root-owner-group --build ${folder} ${package}
            COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
    endif()
endforeach()
