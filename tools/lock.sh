#!/usr/bin/env bash
# Resolve pyproject.toml into locks/*.txt: versions and the hashes of every published file, for
# Python 3.11 and later on any platform. Nothing in them says from where they are fetched.
# Usage: tools/lock.sh PYTHON FOLDER
set -euo pipefail

python=$1
folder=$2

tools/make_environment.sh "$python" "$folder"
"$folder/bin/python" -m pip --disable-pip-version-check --quiet install \
    --require-hashes --requirement locks/resolver.txt

# Settings of one machine (mirrors, local wheels) must not reach the locks.
while read -r name; do
    unset "$name"
done < <(compgen -e | grep -E '^(UV|PIP)_' || true)

resolve() {
    "$folder/bin/uv" pip compile --no-config --quiet --upgrade --universal --python-version 3.11 \
        --generate-hashes --no-header --no-annotate pyproject.toml "$@"
}

mkdir -p locks
# The build backend is in the runtime lock: the project itself is installed without isolation.
resolve --group build --output-file locks/runtime.txt
resolve --group build --group development --constraint locks/runtime.txt \
    --output-file locks/development.txt
"$folder/bin/uv" pip compile --no-config --quiet --upgrade --universal --python-version 3.11 \
    --generate-hashes --no-header --no-annotate --group resolver --output-file locks/resolver.txt

if grep -nE '://|find-links|index-url|(^|[[:space:]])/' locks/*.txt; then
    echo "Tệp khóa chứa địa chỉ hoặc đường dẫn / a lock holds an address or a path." >&2
    exit 1
fi
