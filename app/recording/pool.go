package recording

import (
	"fmt"
	"math/bits"
	"unsafe"
)

// pool is an Arrow allocator that takes memory back, so that a writer in the servo's process makes little garbage while
// the collector is off. One goroutine at a time.
type pool struct {
	free [32][][]byte // by power of two
}

// poolAlign is the alignment Arrow asks of buffers, bytes.
const poolAlign = 64

func class(size int) int { return bits.Len(uint(max(size, poolAlign) - 1)) }

// Allocate returns size bytes of zeros.
func (p *pool) Allocate(size int) []byte {
	c := class(size)
	if c >= len(p.free) {
		return make([]byte, size)
	}
	if n := len(p.free[c]); n > 0 {
		b := p.free[c][n-1][:size]
		p.free[c] = p.free[c][:n-1]
		clear(b)
		return b
	}
	b := make([]byte, 1<<c+poolAlign)
	shift := int(-uintptr(unsafe.Pointer(&b[0])) & (poolAlign - 1))
	return b[shift : shift+size : shift+1<<c]
}

// Reallocate returns size bytes that begin with those of b.
func (p *pool) Reallocate(size int, b []byte) []byte {
	if size <= cap(b) {
		old := len(b)
		b = b[:size]
		if size > old {
			clear(b[old:])
		}
		return b
	}
	bigger := p.Allocate(size)
	copy(bigger, b)
	p.Free(b)
	return bigger
}

// Free takes b back.
func (p *pool) Free(b []byte) {
	c := class(cap(b))
	if cap(b) == 0 || c >= len(p.free) || 1<<c != cap(b) || len(p.free[c]) >= 64 {
		return
	}
	p.free[c] = append(p.free[c], b[:0])
}

// bounded is an Arrow allocator that refuses to hand out more than a sane batch needs, so that a damaged length cannot
// take the machine's memory. Arrow turns its panic into an error. One goroutine at a time.
type bounded struct {
	pool
	left int
}

// batchMemory is the most one batch may take when unpacked, bytes. A full one takes about 0.7 MB.
const batchMemory = 8 << 20

func (b *bounded) take(size int) {
	if size < 0 || size > b.left {
		panic(fmt.Sprintf("%d bytes asked for, at most %d allowed", size, b.left))
	}
	b.left -= size
}

// Allocate returns size bytes of zeros or panics when the batch asks for too much.
func (b *bounded) Allocate(size int) []byte {
	b.take(size)
	return b.pool.Allocate(size)
}

// Reallocate returns size bytes that begin with those of old.
func (b *bounded) Reallocate(size int, old []byte) []byte {
	b.take(size)
	return b.pool.Reallocate(size, old)
}
