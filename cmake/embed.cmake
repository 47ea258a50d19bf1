# Puts text files into a program: writes OUTPUT, a source with the files of FOLDER that are named in
# FILES (with commas between them). For cmake -P, at build time.

set(marker "end-of-file")  # of raw strings: no file has it behind a ')'
string(CONCAT source "// Made by cmake/embed.cmake.\n"
    "#include \"app/console/console_files.hpp\"\n\n#include <array>\n\n"
    "namespace fibercast::app {\nnamespace {\n\nconstexpr std::array files{")
string(REPLACE "," ";" names "${FILES}")
foreach(name IN LISTS names)
    file(READ "${FOLDER}/${name}" text)
    string(APPEND source "\n    console_file{\"${name}\", R\"${marker}(${text})${marker}\"},")
endforeach()
string(APPEND source "\n};\n\n}  // namespace\n\n")
string(APPEND source "std::span<console_file const> console_files() noexcept { return files; }\n\n")
string(APPEND source "}  // namespace fibercast::app\n")
file(WRITE "${OUTPUT}" "${source}")
