package recording

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"
)

// shelf is a recording in memory with the places where its messages end.
type shelf struct {
	bytes []byte
	ends  []int64 // ends[0] is behind the schema, ends[i] behind batch i-1
	rows  []int64 // rows[i] is how many rows the batches before batch i hold
}

// aShelf records so many ticks and finds its messages.
func aShelf(t testing.TB, ticks int64) shelf {
	t.Helper()
	var file memoryFile
	w, err := newWriter(&file, "run.osseo", aHeader(), Options{Offline: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range ticks {
		r := aRow(i)
		w.Tick(&r)
	}
	if err := w.Close(aFooter(ticks)); err != nil {
		t.Fatal(err)
	}
	s := shelf{bytes: file.Bytes()}
	f := frames{file: bytes.NewReader(s.bytes), size: int64(len(s.bytes))}
	for {
		if _, err := f.next(maxSchema); err != nil {
			break
		}
		s.ends = append(s.ends, f.offset)
	}
	for i := range int64(len(s.ends)) {
		s.rows = append(s.rows, min(ticks, max(0, (i-1)*batchRows)))
	}
	return s
}

// memoryFile is a sink that keeps everything.
type memoryFile struct{ bytes.Buffer }

func (m *memoryFile) Sync() error               { return nil }
func (m *memoryFile) Truncate(size int64) error { m.Buffer.Truncate(int(size)); return nil }
func (m *memoryFile) Close() error              { return nil }

// readAll reads what can be read of a file; nil when it does not open.
func readAll(b []byte) *Memory {
	f, err := open(bytes.NewReader(b), int64(len(b)), "run.osseo")
	if err != nil {
		return nil
	}
	return collect(f)
}

// TestCutAnywhere cuts a recording at every byte around the ends of its messages and at many between: every whole batch
// must come back, nothing else, and the end must be told.
func TestCutAnywhere(t *testing.T) {
	s := aShelf(t, 700)
	size := len(s.bytes)
	for n := range size {
		near := slices.ContainsFunc(s.ends, func(e int64) bool { return abs(int64(n)-e) <= 20 })
		if !near && n%997 != 0 {
			continue
		}
		whole := 0 // messages that end within the first n bytes
		for whole < len(s.ends) && s.ends[whole] <= int64(n) {
			whole++
		}
		m := readAll(s.bytes[:n])
		if whole == 0 {
			if m != nil {
				t.Fatalf("cut at %d, within the header: opened", n)
			}
			continue
		}
		batches := int64(whole - 1)
		closed := whole == len(s.ends)
		e := m.End()
		if e.Batches != batches || e.Ticks != min(700, max(0, (batches-1)*batchRows)) || e.Clean != closed || e.Reason == "" {
			t.Fatalf("cut at %d of %d: want %d batches, closed %v: %+v", n, size, batches, closed, e)
		}
		for i, r := range m.Rows() {
			if r != aRow(int64(i)) {
				t.Fatalf("cut at %d: row %d is wrong", n, i)
			}
		}
	}
}

func abs(x int64) int64 { return max(x, -x) }

// TestFlippedBits flips bits everywhere: no wrong row may come back, at most the batch that was hit may be lost, and it
// must be told by its number.
func TestFlippedBits(t *testing.T) {
	const ticks = 500
	s := aShelf(t, ticks)
	const seed = 7
	r := rand.New(rand.NewPCG(seed, 0))
	want := make([]Row, ticks)
	for i := range want {
		want[i] = aRow(int64(i))
	}
	for range 400 {
		at := r.IntN(len(s.bytes))
		bit := byte(1) << r.IntN(8)
		b := bytes.Clone(s.bytes)
		b[at] ^= bit
		hit := slices.IndexFunc(s.ends, func(e int64) bool { return int64(at) < e }) // message that was hit
		m := readAll(b)
		if m == nil {
			if hit != 0 {
				t.Fatalf("seed %d: bit %x at %d, in message %d, shut the file", seed, bit, at, hit)
			}
			continue
		}
		rows, e := m.Rows(), m.End()
		for i := range rows {
			if rows[i] != want[rows[i].Tick] {
				t.Fatalf("seed %d: bit %x at %d brought back a wrong row %d", seed, bit, at, i)
			}
		}
		if len(rows) == len(want) && (e.Clean || hit <= 1 || hit >= len(s.ends)-1 || hit < 0) {
			continue // padding, or a batch without rows
		}
		number := int64(hit - 1)
		if len(rows) != ticks-batchRows || e.Clean || !slices.Equal(e.Refused, []int64{number}) {
			t.Fatalf("seed %d: bit %x at %d, batch %d: %d rows, %+v", seed, bit, at, number, len(rows), e)
		}
	}
}

// TestLyingLengths writes huge and odd numbers over every word of the metadata: the reader must neither panic nor take more
// memory than a batch may have.
func TestLyingLengths(t *testing.T) {
	s := aShelf(t, 2)
	var before, after runtime.MemStats
	const block = 32
	for from := 0; from < int(s.ends[1]); from += block {
		runtime.ReadMemStats(&before)
		for at := from; at < min(from+block, int(s.ends[1])); at += 4 {
			for _, lie := range []uint32{0x7fffffff, 0x01000000} {
				b := bytes.Clone(s.bytes)
				little.PutUint32(b[at:], lie)
				readAll(b)
			}
		}
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > 200<<20 { // Arrow takes about 7 MB a file under the race detector
			t.Fatalf("lies in the %d bytes from %d on took %d bytes of memory", block, from, took)
		}
	}
}

// TestLostBatches takes batches out, puts them twice and swaps them.
func TestLostBatches(t *testing.T) {
	s := aShelf(t, 1000) // batch 0 is empty, 1 to 4 hold rows, 5 closes
	piece := func(i int) []byte { return s.bytes[s.ends[i]:s.ends[i+1]] }
	build := func(order ...int) []byte {
		b := bytes.Clone(s.bytes[:s.ends[0]])
		for _, i := range order {
			b = append(b, piece(i)...)
		}
		return append(b, s.bytes[s.ends[len(s.ends)-1]:]...)
	}
	for _, c := range []struct {
		order   []int
		ticks   int64
		clean   bool
		refused []int64
	}{
		{[]int{0, 1, 2, 3, 4, 5}, 1000, true, nil},
		{[]int{0, 1, 3, 4, 5}, 750, false, []int64{2}},
		{[]int{0, 4, 5}, 250, false, []int64{1, 2, 3}},
		{[]int{0, 1, 1, 2, 3, 4, 5}, 1000, false, nil},
		{[]int{0, 2, 1, 3, 4, 5}, 750, false, []int64{1}},
		{[]int{0, 1, 2, 3, 4}, 1000, false, nil},
		{[]int{0, 1, 2, 3, 4, 5, 4}, 1000, false, nil},
		{nil, 0, false, nil},
	} {
		m := readAll(build(c.order...))
		if e := m.End(); e.Ticks != c.ticks || e.Clean != c.clean || !slices.Equal(e.Refused, c.refused) {
			t.Errorf("order %v: %+v", c.order, e)
		}
	}
}

// TestGarbageTail puts bytes behind a recording that was cut or closed.
func TestGarbageTail(t *testing.T) {
	s := aShelf(t, 600)
	random := make([]byte, 4096)
	r := rand.New(rand.NewPCG(3, 0))
	for i := range random {
		random[i] = byte(r.Uint32())
	}
	tails := map[string][]byte{
		"zeros": make([]byte, 4096), "ones": bytes.Repeat([]byte{0xff}, 4096), "random": random, "one byte": {7},
		"text": []byte("Notizen: gut gemacht\n"), "markers": bytes.Repeat([]byte{0xff, 0xff, 0xff, 0xff, 0x10, 0, 0, 0}, 5000),
	}
	third := s.ends[2] // schema, batch 0, batch 1
	for name, tail := range tails {
		if e := readAll(append(bytes.Clone(s.bytes), tail...)).End(); e.Ticks != 600 || e.Clean || e.Footer == nil {
			t.Errorf("%s behind a closed recording: %+v", name, e)
		}
		if e := readAll(append(bytes.Clone(s.bytes[:third]), tail...)).End(); e.Ticks != 250 || e.Clean || e.Footer != nil {
			t.Errorf("%s behind a cut recording: %+v", name, e)
		}
	}
}

// TestDamagedMiddle overwrites stretches of a recording: the batches before and behind come back.
func TestDamagedMiddle(t *testing.T) {
	s := aShelf(t, 1500)
	for _, fill := range []byte{0, 0xff, 0x5a} {
		for _, n := range []int64{1, 8, 100, 5000} {
			b := bytes.Clone(s.bytes)
			from := s.ends[2] // where batch 2 begins
			for i := from; i < from+n; i++ {
				b[i] = fill
			}
			e := readAll(b).End()
			if fill == 0xff && n == 1 { // that is what stands there
				continue
			}
			if e.Ticks != 1250 || !slices.Equal(e.Refused, []int64{2}) || e.Missing != 250 || e.Footer == nil {
				t.Errorf("%d bytes of %#x over the beginning of batch 2: %+v", n, fill, e)
			}
		}
	}
}

// FuzzOpen feeds arbitrary bytes: no panic, no endless loop, and every row that comes back came through a check.
func FuzzOpen(f *testing.F) {
	s := aShelf(f, 2)
	f.Add(s.bytes)
	f.Add(s.bytes[:s.ends[1]+100])
	f.Add(s.bytes[:s.ends[0]])
	f.Add([]byte{})
	f.Add([]byte("\xff\xff\xff\xff\x10\x00\x00\x00"))
	for i := range 8 { // a few with damage in the first batch's metadata
		b := bytes.Clone(s.bytes)
		b[int(s.ends[0])+8+i*16] ^= 0xff
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m := readAll(b)
		if m == nil {
			return
		}
		if e := m.End(); e.Reason == "" || e.Ticks != int64(len(m.Rows())) {
			t.Errorf("%+v", e)
		}
	})
}

func TestShelfIsWhatItSays(t *testing.T) {
	s := aShelf(t, 700)
	if len(s.ends) != 6 { // schema, empty batch, three with rows, closing
		t.Fatal(fmt.Sprint(s.ends), len(s.bytes))
	}
	if p := os.Getenv("OSSEO_SAMPLE"); p != "" {
		if err := os.WriteFile(p, s.bytes, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
