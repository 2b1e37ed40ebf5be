package servo

import (
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"osseo/app/trial"
)

func TestConsistentFillsEveryField(t *testing.T) {
	v := reflect.ValueOf(consistent(7))
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("field %s is not part of the tearing test", v.Type().Field(i).Name)
		}
	}
}

func TestSnapshotIsNeverTorn(t *testing.T) {
	m := new(shared)
	var enough atomic.Bool
	var writer sync.WaitGroup
	writer.Go(func() {
		for i := int64(1); !enough.Load(); i++ {
			s := consistent(i)
			tap{m}.Tick(&s)
		}
	})
	defer writer.Wait()
	defer enough.Store(true)
	last := int64(0)
	for changes := 0; changes < 1000; {
		var s trial.Snapshot
		n, ok := m.read(&s)
		if !ok || n == 0 {
			runtime.Gosched()
			continue
		}
		if s != consistent(s.Tick) || int64(n) != s.Tick || s.Tick < last {
			t.Fatalf("snapshot %d after tick %d is torn or old: %+v", n, last, s)
		}
		if s.Tick == last {
			runtime.Gosched()
			continue
		}
		last = s.Tick
		changes++
	}
}

// A servo that dies while it writes must leave the tick before readable.
func TestHalfWrittenSnapshotIsNotSeen(t *testing.T) {
	m := new(shared)
	s := consistent(41)
	m.publish(&s)
	m.slots[(m.published.Load()+1)%2][3].Store(99)
	var got trial.Snapshot
	if n, ok := m.read(&got); !ok || n != 1 || got != s {
		t.Errorf("read %d %v %+v, want snapshot 41 whole", n, ok, got)
	}
}

func pointOf(tick int64) trial.Point {
	return trial.Point{
		Tick: tick, Time: float32(tick), Depth: float32(tick), Force: float32(tick), Events: uint32(tick),
	}
}

func TestTraceAgainstPlainList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := new(shared)
		m.head.Store(uint64(rapid.IntRange(0, 3*RingPoints).Draw(t, "ticks of runs before")))
		m.clear()
		var plain []trial.Point
		tick := int64(rapid.IntRange(0, 5).Draw(t, "first tick"))
		for range rapid.IntRange(0, 2*RingPoints+50).Draw(t, "ticks") {
			p := pointOf(tick)
			m.push(&p)
			plain = append(plain, p)
			tick += 1 + tick%7/6 // now and then an overrun skips one
		}
		since := int64(rapid.IntRange(-2, int(tick)+2).Draw(t, "since"))
		got := m.trace([]trial.Point{pointOf(-9)}, since)
		if got[0] != pointOf(-9) {
			t.Fatalf("what was in dst is gone: %v", got[0])
		}
		// The ring holds one less than its size: the place about to be written may be torn.
		want := plain[max(0, len(plain)-(RingPoints-1)):]
		for len(want) > 0 && want[0].Tick <= since {
			want = want[1:]
		}
		if len(got)-1 != len(want) {
			t.Fatalf("%d points after %d, want %d", len(got)-1, since, len(want))
		}
		for i, p := range want {
			if got[i+1] != p {
				t.Fatalf("point %d is %+v, want %+v", i, got[i+1], p)
			}
		}
	})
}

func TestTraceIsNeverTornWhileTheRingWraps(t *testing.T) {
	m := new(shared)
	const ticks = 40 * RingPoints
	var writer sync.WaitGroup
	writer.Go(func() {
		for i := int64(1); i <= ticks; i++ {
			p := pointOf(i)
			m.push(&p)
		}
	})
	var points []trial.Point
	since, seen := int64(0), 0
	for since < ticks {
		points = m.trace(points[:0], max(since, 0))
		for i, p := range points {
			if p != pointOf(p.Tick) || p.Tick <= since || i > 0 && p.Tick != points[i-1].Tick+1 {
				t.Fatalf("point %d of %d after %d is %+v", i, len(points), since, p)
			}
		}
		if len(points) > 0 {
			since = points[len(points)-1].Tick
			seen += len(points)
		}
	}
	writer.Wait()
	t.Logf("%d points seen of %d", seen, ticks)
}

func TestTickSnapshotAndTraceDoNotAllocate(t *testing.T) {
	c := &Client{memory: &memory{shared: new(shared)}, gone: make(chan struct{})}
	s, points := consistent(1), make([]trial.Point, 0, RingPoints)
	publish := trial.Tap(tap{c.memory.shared})
	for name, f := range map[string]func(){
		"tick":     func() { s.Tick++; publish.Tick(&s) },
		"snapshot": func() { c.Snapshot(&s) },
		"trace":    func() { points = c.Trace(points[:0], s.Tick-1000) },
	} {
		if n := testing.AllocsPerRun(1000, f); n != 0 {
			t.Errorf("%s allocates %g times", name, n)
		}
	}
}

func TestHeaderOfAnotherBuildIsRefused(t *testing.T) {
	fresh := func() *shared { m := new(shared); m.format(5); return m }
	if err := fresh().check(); err != nil {
		t.Fatalf("own header refused: %v", err)
	}
	for name, spoil := range map[string]func(*shared){
		"mark":    func(m *shared) { m.magic.Store(0) },
		"version": func(m *shared) { m.version.Store(Version + 1) },
		"layout":  func(m *shared) { m.layout.Add(1) },
		"size":    func(m *shared) { m.size.Add(8) },
	} {
		m := fresh()
		spoil(m)
		if err := m.check(); err == nil {
			t.Errorf("%s of another build is accepted", name)
		}
	}
}

// The fingerprint must see what a size check cannot: two fields exchanged.
func TestFingerprintSeesNamesAndPlaces(t *testing.T) {
	type a struct{ Force, Effort float64 }
	type b struct{ Effort, Force float64 }
	one, other := new(sum), new(sum)
	describe(one, reflect.TypeFor[a](), 0)
	describe(other, reflect.TypeFor[b](), 0)
	if one.tail() == other.tail() {
		t.Errorf("both are described as %q", one.tail())
	}
}

type sum struct{ text []byte }

func (s *sum) Write(p []byte) (int, error) { s.text = append(s.text, p...); return len(p), nil }

// tail is the description without the name of the type itself.
func (s *sum) tail() string {
	var name string
	fmt.Sscan(string(s.text), &name)
	return string(s.text[len(name):])
}

func BenchmarkTick(b *testing.B) {
	m, s := new(shared), consistent(1)
	publish := trial.Tap(tap{m})
	b.ReportAllocs()
	for b.Loop() {
		s.Tick++
		publish.Tick(&s)
	}
}

func BenchmarkSnapshot(b *testing.B) {
	m, s := new(shared), consistent(1)
	m.publish(&s)
	b.ReportAllocs()
	for b.Loop() {
		m.read(&s)
	}
}

// One frame at 60 Hz takes about 17 new points.
func BenchmarkTraceOfOneFrame(b *testing.B) {
	m := new(shared)
	for i := range int64(2 * RingPoints) {
		p := pointOf(i)
		m.push(&p)
	}
	var points []trial.Point
	b.ReportAllocs()
	for b.Loop() {
		points = m.trace(points[:0], 2*RingPoints-18)
	}
}
