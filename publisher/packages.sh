#!/bin/sh
# Installs the Debian packages that a list names, where they are missing.
# usage: packages.sh LIST
set -eu
wanted=$(sed 's/#.*//' "$1" | tr -s ' \n' ' ')
missing=
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || echo none)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Lectern needs these packages (their Debian names):$missing" >&2
    echo "Install what your system calls them, then run make again." >&2
    exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Lectern needs these packages; install them as root:$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086 # one word a package
$as_root apt-get install -y -qq --no-install-recommends $missing
