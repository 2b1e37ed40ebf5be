package assets

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"testing"
)

// A font that is not TrueType, or an icon that is no picture, would only show as an empty window on someone's machine.
func TestFilesAreWhatTheySay(t *testing.T) {
	for name, data := range map[string][]byte{"Regular": Regular, "Bold": Bold} {
		if !bytes.HasPrefix(data, []byte{0, 1, 0, 0}) || len(data) < 50_000 {
			t.Errorf("%s is not a TrueType face of at least 50,000 bytes: %d bytes", name, len(data))
		}
	}
	img, err := png.Decode(bytes.NewReader(IconPNG))
	if err != nil || img.Bounds().Dx() != 512 || img.Bounds().Dy() != 512 {
		t.Errorf("icon: want a PNG of 512 by 512: %v", err)
	}
	var root struct{ XMLName xml.Name }
	if err := xml.Unmarshal(IconSVG, &root); err != nil || root.XMLName.Local != "svg" {
		t.Errorf("icon: want an SVG: %v, root %q", err, root.XMLName.Local)
	}
}
