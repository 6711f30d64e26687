#!/usr/bin/env bash
# See that a Chromium is there for the browser tests: install it where that is allowed,
# otherwise say the one line that does and stop. PostgreSQL comes with the virtual environment.
set -euo pipefail

if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ] && exit 0
    echo "CHROMIUM=$CHROMIUM không chạy được / is not a program." >&2
    exit 1
fi

if [ -x /usr/bin/chromium ]; then
    exit 0
fi

mend="apt-get update && apt-get install -y chromium fonts-noto-core"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Đang cài Chromium / installing Chromium: $mend"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq && apt-get install -y -qq chromium fonts-noto-core >/dev/null; then
        exit 0
    fi
fi

echo "Thiếu Chromium, hãy chạy / Chromium is missing, please run: sudo sh -c '$mend'" >&2
exit 1
