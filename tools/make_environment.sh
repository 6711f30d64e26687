#!/usr/bin/env bash
# Make the virtual environment, or say the one line that lets it be made.
# Usage: tools/make_environment.sh PYTHON FOLDER
set -euo pipefail

python=$1
folder=$2

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Cần Python 3.11 trở lên / Python 3.11 or newer is needed: apt-get install -y python3-venv" >&2
    exit 1
fi

# Debian keeps ensurepip in a package of its own; without it the folder is left half made.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv
    else
        echo "Thiếu mô-đun venv, hãy chạy / venv is missing, please run: sudo apt-get install -y python3-venv" >&2
        exit 1
    fi
fi

"$python" -m venv "$folder"
