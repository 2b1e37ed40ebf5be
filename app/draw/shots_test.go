package draw

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// shot writes a picture where OSSEO_SHOTS points, for looking at.
func shot(t testing.TB, name string, img *image.RGBA) {
	t.Helper()
	dir := os.Getenv("OSSEO_SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

// onlyForShots skips a test that exists to be looked at.
func onlyForShots(t *testing.T) {
	t.Helper()
	if os.Getenv("OSSEO_SHOTS") == "" {
		t.Skip("set OSSEO_SHOTS to a folder to write the pictures there")
	}
}

func canvas(w, h int) *image.RGBA { return image.NewRGBA(image.Rect(0, 0, w, h)) }
