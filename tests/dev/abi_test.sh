#!/usr/bin/env bash
# ./dev abi, whole, with a library of one function in place of ours. Usage: abi_test.sh SOURCE
set -euo pipefail
source=$(cd "$1" && pwd)
for tool in abidiff git ninja readelf; do
    command -v $tool >/dev/null || { echo "SKIPPED: $tool is not installed" && exit 0; }
done
house=$(mktemp -d)
trap 'rm -rf "$house"' EXIT
cd "$house"
failed=0

mkdir -p bin include src
cp "$source/dev" "$source/CMakePresets.json" .
# shellcheck disable=SC2016 # the stub expands it
printf '#!/bin/sh\nfor each; do echo "$each installed"; done\n' >bin/dpkg-query
printf '#!/bin/sh\nexit 1\n' >bin/apt-get
chmod +x bin/*
# Nothing of whoever runs this: a git hook, say, has its repository in the environment.
# shellcheck disable=SC2046 # names of variables
unset $(git rev-parse --local-env-vars)
export PATH=$house/bin:$PATH GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null

cat >CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(small CXX)
add_subdirectory(src)
CMAKE
# library N BODY DECLARATION...: what the house has now. N is the soname's.
library() {
    cat >src/CMakeLists.txt <<CMAKE
add_library(fibercast_library SHARED small.cpp)
target_include_directories(fibercast_library PRIVATE ../include)
set_target_properties(fibercast_library PROPERTIES OUTPUT_NAME fibercast SOVERSION $1)
CMAKE
    printf '#include <small.hpp>\n%s\n' "$2" >src/small.cpp
    printf '%s\n' "#pragma once" "${@:3}" >include/small.hpp
}
git() { command git -c user.name=a -c user.email=a@example.com -c init.defaultBranch=main "$@"; }
release() {
    git add dev CMake* include src
    git commit -qm "$1"
    git tag "$1"
}

# check WHAT STATUS WORDS [ARGUMENT...]: what "./dev abi" must answer.
check() {
    local status=0
    ./dev abi "${@:4}" >said 2>&1 || status=$?
    if [ $((status != 0)) = "$2" ] && grep -q -- "$3" said; then
        echo "passed: $1"
    else
        echo "FAILED: $1; status $status, and it said:" && cat said && failed=1
    fi
}

pair='struct pair { int one; };'
one='int first(pair const&);'
two='int second();'
defined='int first(pair const& of) { return of.one; }'

git init -q .
library 0 "$defined" "$pair" "$one"
check "without a release it wants a revision" 1 "no release has a tag yet"
release v0.1.0
check "a release alone has none before it" 1 "no release has a tag yet"
library 0 "$defined int second() { return 2; }" "$pair" "$one" "$two"
git add src include && git commit -qm "more"
check "the last release is asked; what is new breaks nothing" 0 "built with v0.1.0 run with this"
check "a revision may be named" 0 "built with HEAD run with this" HEAD
library 0 "$defined" "$pair" "$one"
check "a function has gone" 1 "undo it, or raise fibercast_abi" HEAD
library 1 "$defined" "$pair" "$one"
check "another soname stands beside it" 0 "so.1 stands beside the libfibercast.so.0 of HEAD" HEAD
library 0 "$defined int second() { return 2; }" 'struct pair { int zero; int one; };' "$one" "$two"
check "a public struct is laid out otherwise" 1 "undo it, or raise fibercast_abi" HEAD
check "no such revision" 1 "nothing-like-it" nothing-like-it
exit $failed
