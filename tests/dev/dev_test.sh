#!/usr/bin/env bash
# Tests of ./dev, with tools that only write down how they were called. Usage: dev_test.sh SOURCE
set -euo pipefail
source=$1
house=$(mktemp -d)
trap 'rm -rf "$house"' EXIT
failed=0

mkdir -p "$house/bin" "$house/build/release"
cp "$source/dev" "$house/dev"
cp "$source/CMakePresets.json" "$house/"
stub() { printf '#!/bin/sh\n%s\n' "$2" >"$house/bin/$1" && chmod +x "$house/bin/$1"; }
stub cmake "echo \"\$*\" >>'$house/calls'"
# shellcheck disable=SC2016 # the stub expands it
stub dpkg-query 'for each; do echo "$each installed"; done'
stub apt-get 'exit 1'
stub one-c++ ''
stub other-c++ ''
export PATH=$house/bin:$PATH
echo "CMAKE_CXX_COMPILER:FILEPATH=$house/bin/one-c++" >"$house/build/release/CMakeCache.txt"
touch "$house/build/release/build.ninja"

# check WHAT COMMAND...: the command must succeed.
check() {
    local what=$1
    shift
    if "$@"; then echo "passed: $what"; else echo "FAILED: $what" && failed=1; fi
}

calls_of_build() {
    rm -f "$house/calls"
    env "$@" "$house/dev" build 2>"$house/words" && cat "$house/calls"
}

afresh=$'--fresh --preset release\n--build --preset release'
check "another compiler than that of the build tree starts afresh" \
    test "$(calls_of_build CXX=other-c++)" = "$afresh"
check "and it says so" grep -q "one-c++: I start afresh with other-c++" "$house/words"
check "the same compiler does not" test "$(calls_of_build CXX=one-c++)" = "--build --preset release"
check "no compiler named does not" test "$(calls_of_build -u CXX)" = "--build --preset release"
check "no package archive has its address in it" test "$(grep -c '://' "$source/dev")" = 0
exit "$failed"
