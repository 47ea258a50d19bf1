# The server, its manual page, completion of its options, and units for systemd.

# Where zsh looks is each system's own affair: Debian's looks in share/zsh/vendor-completions.
set(FIBERCAST_ZSH_COMPLETIONS share/zsh/site-functions CACHE STRING
    "Folder of zsh's completions below the prefix")
find_program(GZIP_PROGRAM gzip REQUIRED)

install(TARGETS fibercast COMPONENT server)

# fibercast_generated(KIND NAME FOLDER): installs what the program prints for `--generate KIND`; it must
# be one that runs here.
set(generated_dir ${PROJECT_BINARY_DIR}/generated)
set(generated_files)
function(fibercast_generated kind name folder)
    set(made ${generated_dir}/${kind}/${name})
    add_custom_command(OUTPUT ${made}
        COMMAND ${CMAKE_COMMAND} -E make_directory ${generated_dir}/${kind}
        COMMAND fibercast --generate ${kind} > ${made}
        DEPENDS fibercast VERBATIM)
    if(kind STREQUAL "man")
        add_custom_command(OUTPUT ${made}.gz
            COMMAND ${GZIP_PROGRAM} -9nkf ${made} DEPENDS ${made} VERBATIM)
        string(APPEND made .gz)
    endif()
    set(generated_files ${generated_files} ${made} PARENT_SCOPE)
    install(FILES ${made} DESTINATION ${folder} COMPONENT server)
endfunction()
fibercast_generated(man fibercast.1 ${CMAKE_INSTALL_MANDIR}/man1)
fibercast_generated(complete-bash fibercast ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
fibercast_generated(complete-zsh _fibercast ${FIBERCAST_ZSH_COMPLETIONS})
add_custom_target(fibercast_generated ALL DEPENDS ${generated_files})

# The prefix is known for certain only then.
install(CODE "
    file(READ ${PROJECT_SOURCE_DIR}/docs/fibercast.service unit)
    string(REPLACE /usr/local/bin/ \${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/ unit \"\${unit}\")
    file(WRITE ${generated_dir}/fibercast.service \"\${unit}\")"
    COMPONENT server)
install(FILES ${generated_dir}/fibercast.service docs/fibercast.socket
    DESTINATION lib/systemd/system COMPONENT server)
