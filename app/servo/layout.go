package servo

import (
	"fmt"
	"hash/fnv"
	"io"
	"reflect"
	"sync"
	"sync/atomic"
	"unsafe"

	"osseo/app/trial"
	"osseo/haptics/virtual"
)

// Version is the version of the control channel and of what the words in shared memory mean. A change that the layout
// fingerprint cannot see (a unit, a meaning) raises it.
const Version = 1

// RingPoints is how many ticks the trace ring holds: 8.192 s at 1 kHz.
const RingPoints = 8192

const (
	magic         = 0x4f5353454f53484d // "OSSEOSHM"
	snapshotWords = unsafe.Sizeof(trial.Snapshot{}) / 8
	pointWords    = unsafe.Sizeof(trial.Point{}) / 8
)

// Both are copied word by word: their sizes must be whole words. These do not compile otherwise.
var (
	_ [unsafe.Sizeof(trial.Snapshot{}) - snapshotWords*8]struct{} = [0]struct{}{}
	_ [unsafe.Sizeof(trial.Point{}) - pointWords*8]struct{}       = [0]struct{}{}
)

// shared is the memory the two processes have in common, 64-bit words in the machine's own byte order. Every word is
// atomic: Go's atomics are sequentially consistent, which is what makes slots and ring sound on arm64 too, and what the
// race detector can follow.
//
// Who writes what: the window the header (before the servo exists) and the intent, the servo everything else.
type shared struct {
	magic   atomic.Uint64
	version atomic.Uint64
	layout  atomic.Uint64 // fingerprint of this type
	size    atomic.Uint64 // bytes
	nonce   atomic.Uint64 // of this pair of processes; the servo repeats it in its hello
	_       [3]uint64

	intent virtual.Intent
	_      [8]uint64 // keeps the window's writes off the servo's cache line

	published atomic.Uint64 // snapshots since the file was made; the newest is in slots[published%2]
	_         [7]uint64
	slots     [2][snapshotWords]atomic.Uint64

	base atomic.Uint64 // ring index of the first point of this run
	head atomic.Uint64 // ring index of the next point; counts up for ever
	_    [6]uint64
	ring [RingPoints][pointWords]atomic.Uint64
}

const sharedSize = int(unsafe.Sizeof(shared{}))

// fingerprint hashes name, type and place of every word both sides read, down to the fields of the snapshot. Two builds
// that would read one word differently have different fingerprints.
var fingerprint = sync.OnceValue(func() uint64 {
	h := fnv.New64a()
	describe(h, reflect.TypeFor[shared](), 0)
	describe(h, reflect.TypeFor[trial.Snapshot](), 0)
	describe(h, reflect.TypeFor[trial.Point](), 0)
	return h.Sum64()
})

func describe(w io.Writer, t reflect.Type, at uintptr) {
	fmt.Fprintf(w, "%s %d %d;", t, at, t.Size())
	if t.Kind() != reflect.Struct || t.PkgPath() == "sync/atomic" {
		return
	}
	for f := range t.Fields() {
		fmt.Fprintf(w, "%s ", f.Name)
		describe(w, f.Type, at+f.Offset)
	}
}

// overlay sees shared memory in mapped bytes, which must be at least sharedSize long and aligned to 8.
func overlay(b []byte) *shared { return (*shared)(unsafe.Pointer(unsafe.SliceData(b))) }

// format writes the header; everything else is zero in new memory.
func (m *shared) format(nonce uint64) {
	m.version.Store(Version)
	m.layout.Store(fingerprint())
	m.size.Store(uint64(sharedSize))
	m.nonce.Store(nonce)
	m.magic.Store(magic)
}

// check says whether the memory was made by a program that means the same by every word.
func (m *shared) check() error {
	for _, w := range [...]struct {
		what      string
		got, want uint64
	}{
		{"mark", m.magic.Load(), magic},
		{"version", m.version.Load(), Version},
		{"layout", m.layout.Load(), fingerprint()},
		{"size", m.size.Load(), uint64(sharedSize)},
	} {
		if w.got != w.want {
			return fmt.Errorf("servo: shared memory %s is %#x, this build has %#x: window and servo are different builds; "+
				"close all windows of osseo and start it again", w.what, w.got, w.want)
		}
	}
	return nil
}
