#!/bin/sh
# Rebuilds the two faces next to this file from Debian's fonts-noto-core with python3-fonttools; see assets/README.md.
set -e
noto=${1:-/usr/share/fonts/truetype/noto}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
letters='U+0020-007E,U+00A0-024F,U+0370-03CE,U+1E00-1EFF,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+2044,U+2070-209C,U+20AC,U+2122,U+2126'
maths='U+2190-2199,U+2200-2202,U+2206,U+2212,U+221A,U+221E,U+2220,U+2248,U+2260,U+2264,U+2265,U+22A5'
marks='U+2713,U+2717,U+25CF,U+25CB,U+25B2,U+25BC,U+25B6,U+25C0,U+26A0,U+25A0,U+25A1'
for weight in Regular Bold; do
	/usr/bin/python3 -m fontTools.subset "$noto/NotoSans-$weight.ttf" --unicodes="$letters" \
		--layout-features='kern,mark,mkmk,ccmp,locl,tnum,lnum' --no-hinting --output-file=letters.ttf
	/usr/bin/python3 -m fontTools.subset "$noto/NotoSansMath-Regular.ttf" --unicodes="$maths" \
		--layout-features='' --no-hinting --drop-tables+=MATH,GSUB,GPOS,GDEF --output-file=maths.ttf
	/usr/bin/python3 -m fontTools.subset "$noto/NotoSansSymbols2-Regular.ttf" --unicodes="$marks" \
		--layout-features='' --no-hinting --drop-tables+=GSUB,GPOS,GDEF --output-file=marks.ttf
	/usr/bin/python3 - "$here/NotoSans-$weight.ttf" <<'PY'
import sys
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
line = TTFont('letters.ttf')
font = Merger().merge(['letters.ttf', 'maths.ttf', 'marks.ttf'])
for table, fields in (('hhea', ('ascent', 'descent', 'lineGap')),
                      ('OS/2', ('sTypoAscender', 'sTypoDescender', 'sTypoLineGap', 'usWinAscent', 'usWinDescent'))):
    for field in fields:  # the merger takes the tallest line of the three; keep that of the letters
        setattr(font[table], field, getattr(line[table], field))
font.save(sys.argv[1])
PY
done
