package desktop

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colours of the house beside Fyne's own. Each of the last four is always accompanied by a sign or a word.
const (
	colourGround fyne.ThemeColorName = "osseoGround"
	colourPanel  fyne.ThemeColorName = "osseoPanel"
	colourRaised fyne.ThemeColorName = "osseoRaised" // a panel on a panel, or under the pointer
	colourLine   fyne.ThemeColorName = "osseoLine"
	colourText   fyne.ThemeColorName = "osseoText"
	colourMuted  fyne.ThemeColorName = "osseoMuted"
	colourForce  fyne.ThemeColorName = "osseoForce" // force, or "now"
	colourInk    fyne.ThemeColorName = "osseoInk"   // text on colourForce
	colourDepth  fyne.ThemeColorName = "osseoDepth"
	colourGood   fyne.ThemeColorName = "osseoGood"
	colourBad    fyne.ThemeColorName = "osseoBad"
)

// The four sizes of type, in Fyne's units.
const (
	sizeSmall  float32 = 12
	sizeBody   float32 = 14
	sizeTitle  float32 = 19
	sizeFigure float32 = 44
)

type shades map[fyne.ThemeColorName]color.NRGBA

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 255}
}

var dark = shades{
	colourGround: hex(0x0F141A), colourPanel: hex(0x18202A), colourRaised: hex(0x212C39), colourLine: hex(0x263240),
	colourText: hex(0xE6EDF3), colourMuted: hex(0x8B9BAB), colourForce: hex(0xF0B429), colourInk: hex(0x14181D),
	colourDepth: hex(0x56B4E9), colourGood: hex(0x35C28D), colourBad: hex(0xE8743B),
}

// The light shades keep the hues and darken them until text in them has a contrast of 4.5 to 1 on the panel.
var light = shades{
	colourGround: hex(0xE9EDF1), colourPanel: hex(0xFFFFFF), colourRaised: hex(0xEEF2F6), colourLine: hex(0xC9D3DC),
	colourText: hex(0x18222C), colourMuted: hex(0x566573), colourForce: hex(0x8F6200), colourInk: hex(0xFFFFFF),
	colourDepth: hex(0x1C6EA4), colourGood: hex(0x0E7A52), colourBad: hex(0xB1481A),
}

// look is the theme of the house over Fyne's default.
type look struct{ light bool }

var _ fyne.Theme = look{}

func (l look) shades() shades {
	if l.light {
		return light
	}
	return dark
}

// asFyne says which of the house's colours Fyne's own names mean.
var asFyne = map[fyne.ThemeColorName]fyne.ThemeColorName{
	theme.ColorNameBackground: colourGround, theme.ColorNameForeground: colourText,
	theme.ColorNameButton: colourRaised, theme.ColorNamePrimary: colourForce, theme.ColorNameFocus: colourForce,
	theme.ColorNameForegroundOnPrimary: colourInk, theme.ColorNamePlaceHolder: colourMuted,
	theme.ColorNameDisabled: colourMuted, theme.ColorNameInputBackground: colourGround,
	theme.ColorNameInputBorder: colourLine, theme.ColorNameSeparator: colourLine,
	theme.ColorNameOverlayBackground: colourPanel, theme.ColorNameMenuBackground: colourPanel,
	theme.ColorNameHover: colourRaised, theme.ColorNameSuccess: colourGood, theme.ColorNameError: colourBad,
	theme.ColorNameWarning: colourForce, theme.ColorNameHyperlink: colourDepth, theme.ColorNameScrollBar: colourMuted,
	theme.ColorNameHeaderBackground: colourPanel,
}

// Color implements fyne.Theme. The variant of the system is ignored: the preference decides.
func (l look) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if own, ok := asFyne[name]; ok {
		name = own
	}
	if c, ok := l.shades()[name]; ok {
		return c
	}
	if l.light {
		return theme.DefaultTheme().Color(name, theme.VariantLight)
	}
	return theme.DefaultTheme().Color(name, theme.VariantDark)
}

// Font implements fyne.Theme: Fyne's own Noto Sans, whose figures are all of one width.
func (look) Font(s fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(s) }

// Icon implements fyne.Theme.
func (look) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size implements fyne.Theme.
func (look) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return sizeBody
	case theme.SizeNameCaptionText:
		return sizeSmall
	case theme.SizeNameHeadingText, theme.SizeNameSubHeadingText:
		return sizeTitle
	case theme.SizeNameInputRadius:
		return 6
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameInnerPadding:
		return 6
	}
	return theme.DefaultTheme().Size(n)
}
