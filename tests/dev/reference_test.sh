#!/usr/bin/env bash
# The reference has a page for each public header, and the comments are in order. Usage:
# reference_test.sh SOURCE
set -euo pipefail
source=$1
command -v doxygen >/dev/null || { echo "SKIPPED: doxygen is not installed" && exit 0; }
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

"$source/dev" docs "$made"
missing=0
while read -r header; do
    name=$(basename "$header" .hpp)
    # Doxygen writes a '_' twice, and puts the folder before names that come twice.
    compgen -G "$made/html/*${name//_/__}_8hpp.html" >/dev/null && continue
    echo "FAILED: no page for $header" && missing=1
done < <(cd "$source/include" && find . -name '*.hpp' -not -path '*/detail/*')
exit $missing
