#!/usr/bin/env bash
# See that what the tests drive besides Python is there: Chromium's headless shell, a token in
# software (SoftHSM2), and two programs that give a second opinion on signed PDFs. Install it where
# that is allowed, otherwise say the one line that does and stop. PostgreSQL comes with the virtual
# environment.
set -euo pipefail

packages=()
shell=(chromium-headless-shell fonts-noto-core)
if [ -n "${CHROMIUM:-}" ]; then
    if [ ! -x "$CHROMIUM" ]; then
        echo "CHROMIUM=$CHROMIUM không chạy được / is not a program." >&2
        exit 1
    fi
elif [ ! -x /usr/bin/chromium-headless-shell ]; then
    packages+=("${shell[@]}")
fi
command -v softhsm2-util >/dev/null || packages+=(softhsm2)
command -v pdfsig >/dev/null || packages+=(poppler-utils)
command -v qpdf >/dev/null || packages+=(qpdf)
[ ${#packages[@]} -eq 0 ] && exit 0

mend="apt-get update && apt-get install -y ${packages[*]}"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Đang cài công cụ kiểm thử / installing test tools: $mend"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq && apt-get install -y -qq "${packages[@]}" >/dev/null; then
        exit 0
    fi
fi
# Where the shell cannot be had, the whole browser does the same in twice the time.
[ "${packages[*]}" = "${shell[*]}" ] && [ -x /usr/bin/chromium ] && exit 0

echo "Thiếu công cụ kiểm thử, hãy chạy / test tools are missing, please run: sudo sh -c '$mend'" >&2
exit 1
