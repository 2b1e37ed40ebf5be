package assets

import _ "embed"

// Regular is Noto Sans Regular, a TrueType face with figures of equal width, cut down to the letters the program shows.
//
//go:embed fonts/NotoSans-Regular.ttf
var Regular []byte

// Bold is Noto Sans Bold, cut down like Regular.
//
//go:embed fonts/NotoSans-Bold.ttf
var Bold []byte

// IconSVG is the program's icon as a drawing of 512 by 512 units.
//
//go:embed icon/osseo.svg
var IconSVG []byte

// IconPNG is the same icon as a picture of 512 by 512 pixels.
//
//go:embed icon/osseo.png
var IconPNG []byte
