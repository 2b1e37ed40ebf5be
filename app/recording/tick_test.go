package recording

import (
	"sync"
	"testing"
	"time"
)

// slowDisk is a sink whose writes wait until let go.
type slowDisk struct {
	memoryFile
	gate chan struct{}
}

func (d *slowDisk) Write(b []byte) (int, error) {
	if d.Len() > 0 { // the header goes through
		<-d.gate
	}
	return d.memoryFile.Write(b)
}

// TestTickNeverWaits lets the disk hang: Tick goes on, drops what does not fit and counts it.
func TestTickNeverWaits(t *testing.T) {
	disk := &slowDisk{gate: make(chan struct{})}
	w, err := newWriter(disk, "run.osseo", aHeader(), Options{Ring: 512})
	if err != nil {
		t.Fatal(err)
	}
	const ticks = 5000
	for i := range int64(ticks) {
		r := aRow(i)
		w.Tick(&r) // would hang here
	}
	close(disk.gate)
	if err := w.Close(Footer{}); err != nil {
		t.Fatal(err)
	}
	e := readAll(disk.Bytes()).End()
	if w.Dropped() == 0 || e.Ticks+w.Dropped() != ticks || e.Footer.Loop.Dropped != w.Dropped() || e.Whole() || !e.Clean {
		t.Errorf("%d dropped, %+v", w.Dropped(), e)
	}
}

// TestOfflineNeverDrops records far faster than a ring could hold.
func TestOfflineNeverDrops(t *testing.T) {
	w, path := create(t, Options{Offline: true, Ring: 1})
	const ticks = 20_000
	for i := range int64(ticks) {
		w.Tick(&Row{Tick: i})
	}
	if err := w.Close(Footer{}); err != nil {
		t.Fatal(err)
	}
	if e := load(t, path).End(); e.Ticks != ticks || !e.Whole() {
		t.Errorf("%+v", e)
	}
}

// TestMarksFromEverywhere makes marks from many goroutines beside a running tick; run it with -race.
func TestMarksFromEverywhere(t *testing.T) {
	w, path := create(t, Options{})
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 200 {
				w.Mark(Mark{int64(i), KindAction, `"` + string(rune('a'+g)) + `"`})
			}
		})
	}
	for i := range int64(3000) {
		w.Tick(&Row{Tick: i})
	}
	all.Wait()
	if err := w.Close(Footer{}); err != nil {
		t.Fatal(err)
	}
	m := load(t, path)
	if len(m.Marks()) != 1600 || m.End().Ticks+w.Dropped() != 3000 {
		t.Errorf("%d marks, %+v", len(m.Marks()), m.End())
	}
}

// TestMarksAreSoonDurable waits for a mark without any rows.
func TestMarksAreSoonDurable(t *testing.T) {
	w, path := create(t, Options{})
	w.Mark(Mark{0, KindAction, `"decide"`})
	deadline := time.Now().Add(10 * time.Second)
	for len(load(t, path).Marks()) == 0 {
		if time.Now().After(deadline) {
			t.Fatal("a mark is not in the file after 10 s")
		}
	}
	if err := w.Close(Footer{}); err != nil {
		t.Fatal(err)
	}
}

func TestTickDoesNotAllocate(t *testing.T) {
	disk := &slowDisk{gate: make(chan struct{})} // keeps the writer goroutine still while counting
	w, err := newWriter(disk, "run.osseo", aHeader(), Options{Ring: 4096})
	if err != nil {
		t.Fatal(err)
	}
	r := aRow(1)
	if n := testing.AllocsPerRun(3000, func() { w.Tick(&r) }); n != 0 { // the ring has room
		t.Errorf("%v allocations in a tick", n)
	}
	if n := testing.AllocsPerRun(3000, func() { w.Tick(&r) }); n != 0 || w.Dropped() == 0 { // it is full
		t.Errorf("%v allocations in a dropping tick, %d dropped", n, w.Dropped())
	}
	close(disk.gate)
	w.Close(Footer{}) //nolint:errcheck // in memory
}

func BenchmarkTick(b *testing.B) {
	w, err := newWriter(&memoryFile{}, "run.osseo", aHeader(), Options{Ring: 1 << 16})
	if err != nil {
		b.Fatal(err)
	}
	r := aRow(1)
	b.ReportAllocs()
	for b.Loop() {
		w.Tick(&r)
	}
	b.StopTimer()
	w.stopped.Store(true)
	w.Close(Footer{}) //nolint:errcheck // in memory
}

// plausible is a row like those of a run: smooth numbers with noise in the last digits.
func plausible(tick int64) Row {
	r := aRow(tick)
	s := float64(tick) / 1000
	return Row{
		Tick: tick, Time: s, Position: 0.01*s + 1e-6*r.Position, Velocity: 0.01 + 1e-4*r.Velocity, Twist: 6 * s, Load: 40 + r.Load,
		Stylet: true, Force: 3 + 0.01*r.Force, Stiffness: 40e3, Damping: 8, Anchor: 0.01 * s, Rendered: 40 + r.Rendered,
		Torque: 0.1 + 0.001*r.Torque, Tip: 0.01 * s, Zone: 1, LateUS: 20 + 5*r.LateUS, MarkMM: 30 - s,
	}
}

func BenchmarkBatch(b *testing.B) {
	e := newEncoder([]byte("{}"))
	rows := make([]Row, batchRows)
	for i := range rows {
		rows[i] = plausible(int64(i))
	}
	var size int
	b.ReportAllocs()
	for b.Loop() {
		out, err := e.encode(rows, nil)
		if err != nil {
			b.Fatal(err)
		}
		size = len(out)
	}
	b.ReportMetric(float64(size)*4, "B/s-of-run")
}

func BenchmarkRead(b *testing.B) {
	s := aShelf(b, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		if m := readAll(s.bytes); m.End().Ticks != 10_000 {
			b.Fatal(m.End())
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/row")
}
