#!/usr/bin/env bash
# Installs the Debian packages that building and testing the window need. Says nothing and takes no time when all are there.
set -euo pipefail

build="gcc libc6-dev pkg-config libgl-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev"
see="xvfb xauth xdotool imagemagick libgl1-mesa-dri poppler-utils procps"
measure="rt-tests"
leg="gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm"

[ "$(uname -s)" = Linux ] || exit 0
command -v dpkg-query >/dev/null || {
  echo "setup: not a Debian system; install the equivalents of: $build $see $measure $leg" >&2
  exit 0
}
missing=()
for p in $build $see $measure $leg; do
  dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as=""
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "setup: run as root: apt-get install ${missing[*]}" >&2; exit 1; }
  as=sudo
fi
echo "setup: installing ${missing[*]}"
log=$(mktemp)
if ! { $as apt-get update && DEBIAN_FRONTEND=noninteractive $as apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -20 "$log" >&2
  echo "setup: apt-get failed; the whole log is $log" >&2
  exit 1
fi
rm -f "$log"
