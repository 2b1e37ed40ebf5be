#!/usr/bin/env bash
# Screenshots of every room in docs/img, taken by the tests that drive the real window. Look at them before committing.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/docs/img
mkdir -p "$out"
OSSEO_SHOTS=$out LANG=C LC_ALL=C go test -count=1 -run 'TestAWholeCaseInTheRealWindow|TestAnExamByHandInASmallWindow|TestServoKilledWhilePushing|TestACaseOnTheEmulatedLeg|TestTheLegRoomInASmallWindow' .
rm -f "$out"/failed.png "$out"/lobby-first.png "$out"/bedside-bone.png "$out"/debrief-scrubbed.png "$out"/lobby-after.png "$out"/leg-choose.png "$out"/leg-pop.png "$out"/leg-small.png "$out"/leg-trouble.png
/usr/bin/mogrify -colors 224 -strip "$out"/*.png
ls -l "$out"
