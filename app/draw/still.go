package draw

import (
	"image"
	"sync"
)

// stillBytes bounds what all kept pictures of one kind may take; at least two are kept whatever their size.
const stillBytes = 96 << 20

// stills keeps the pictures that do not change between frames, the last used first.
type stills[K comparable] struct {
	mu   sync.Mutex
	kept []still[K]
}

type still[K comparable] struct {
	key K
	img *image.RGBA
}

// get returns the picture of key at the size, made by build when it is not kept. It must not be written to.
func (s *stills[K]) get(key K, w, h int, build func(img *image.RGBA)) *image.RGBA {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, e := range s.kept {
		if e.key == key && e.img.Rect.Dx() == w && e.img.Rect.Dy() == h {
			copy(s.kept[1:i+1], s.kept[:i])
			s.kept[0] = e
			return e.img
		}
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	build(img)
	s.kept = append([]still[K]{{key, img}}, s.kept...)
	bytes := 0
	for i, e := range s.kept {
		bytes += len(e.img.Pix)
		if i >= 2 && bytes > stillBytes || i >= 32 {
			s.kept = s.kept[:i]
			break
		}
	}
	return img
}

// lay copies a kept picture over the whole of dst, which has the same size.
func lay(dst, src *image.RGBA) {
	w := 4 * min(dst.Rect.Dx(), src.Rect.Dx())
	if dst.Stride == src.Stride && w == dst.Stride {
		copy(dst.Pix, src.Pix[:min(len(src.Pix), len(dst.Pix))])
		return
	}
	for y := range min(dst.Rect.Dy(), src.Rect.Dy()) {
		copy(dst.Pix[y*dst.Stride:][:w], src.Pix[y*src.Stride:][:w])
	}
}

// atOrigin returns a view of dst whose corner is at 0,0, so that pictures need not mind where they lie.
func atOrigin(dst *image.RGBA) *image.RGBA {
	if dst == nil || dst.Rect.Empty() {
		return nil
	}
	if dst.Rect.Min == (image.Point{}) {
		return dst
	}
	return &image.RGBA{Pix: dst.Pix, Stride: dst.Stride, Rect: image.Rect(0, 0, dst.Rect.Dx(), dst.Rect.Dy())}
}
