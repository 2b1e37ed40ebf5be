package agreement

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"osseo/haptics"
)

var update = flag.Bool("update", false, "rewrite testdata/governor.txt")

const file = "testdata/governor.txt"

const header = `# What haptics.Governor makes of each scene; the firmware's governor must make the same of it (../test/agreement_test.c).
# scene NAME RATE PEAK SLACK: Hz, 10 ms as in limits, mN that the two may differ
# a: arm   x: stop
# c force stiffness damping anchor most: the command from now on, counts of docs/wire.md
# s position velocity force reason: a sample in counts, what the host gives in mN, and its haptics.Reason
`

// tolerance of the numbers in the file on another processor, mN.
const tolerance = 2

// stage is one scene being played: a governor, where the tool is, and what is written.
type stage struct {
	g     *haptics.Governor
	dt    float64
	tick  int64
	c     [5]int32 // counts
	x, v  int32    // counts
	lines *bytes.Buffer
	held  haptics.Causes
}

func newStage(lines *bytes.Buffer, name string, hz, peak, slack int) *stage {
	l := haptics.ReferenceLimits()
	l.PeakS = float64(peak) / 100
	fmt.Fprintf(lines, "scene %s %d %d %d\n", name, hz, peak, slack)
	s := &stage{g: haptics.NewGovernor(l), dt: 1 / float64(hz), lines: lines}
	s.c[1] = 1 // so that the first command is told
	s.ask(0, 0, 0, 0, 0)
	s.g.Arm()
	lines.WriteString("a\n")
	return s
}

// ask sets the command: N, N/m, N.s/m, m, N.
func (s *stage) ask(force, stiffness, damping, anchor, most float64) {
	c := [5]int32{
		int32(math.Round(force * 100)), int32(stiffness), int32(math.Round(damping * 100)), int32(math.Round(anchor * 1e7)),
		int32(math.Round(most * 100)),
	}
	if c != s.c {
		s.c = c
		fmt.Fprintf(s.lines, "c %d %d %d %d %d\n", c[0], c[1], c[2], c[3], c[4])
	}
}

func (s *stage) stop() {
	s.g.Stop()
	s.lines.WriteString("x\n")
}

// at is one tick with the tool at a place, m and m/s.
func (s *stage) at(x, v float64) {
	s.x, s.v = int32(math.Round(x*1e7)), int32(math.Round(v*1e6))
	sample := haptics.Sample{
		Tick: s.tick, Time: float64(s.tick) * s.dt, Position: float64(s.x) * 1e-7, Velocity: float64(s.v) * 1e-6,
	}
	c := haptics.Command{
		Force: float64(s.c[0]) / 100, Stiffness: float64(s.c[1]), Damping: float64(s.c[2]) / 100, Anchor: float64(s.c[3]) * 1e-7,
		Most: float64(s.c[4]) / 100,
	}
	s.held |= s.g.Apply(&sample, &c, s.dt).Causes
	s.tick++
	fmt.Fprintf(s.lines, "s %d %d %.0f %d\n", s.x, s.v, s.g.Force()*1000, s.g.Fault().Reason)
}

func (s *stage) rest(x float64, ticks int) {
	for range ticks {
		s.at(x, 0)
	}
}

// scenes plays all of them.
func scenes(t *testing.T) []byte {
	var b bytes.Buffer
	b.WriteString(header)
	expect := func(s *stage, want haptics.Causes, reason haptics.Reason) {
		t.Helper()
		if s.held&want != want || s.g.Fault().Reason != reason {
			t.Errorf("a scene of %v, %s shows %v, %v: it tests something else", want.Names(nil), reason, s.held.Names(nil), s.g.Fault())
		}
	}
	ordinary(&b, expect)
	faults(&b, expect)
	longer(&b, expect)
	return b.Bytes()
}

type expectation func(s *stage, want haptics.Causes, reason haptics.Reason)

func ordinary(b *bytes.Buffer, expect expectation) {
	s := newStage(b, "ramp-in", 1000, 0, 5)
	s.ask(80, 0, 0, 0, 0)
	s.rest(0, 210)
	s.stop()
	s.rest(0, 50)
	s.ask(20, 0, 0, 0, 0)
	s.rest(0, 60)
	expect(s, haptics.ByRamp|haptics.ByGate, haptics.NoFault)

	for _, hz := range []int{1000, 10000} {
		s = newStage(b, fmt.Sprintf("wall-%d", hz), hz, 0, 20)
		for k := range 3 * hz / 10 {
			at := float64(k) / float64(hz)
			s.ask(2, 20e3, 10, 1e-5*math.Floor(100*at), 100)
			w := 2 * math.Pi * 3
			s.at(3.5e-3*(1-math.Cos(w*at)), 3.5e-3*w*math.Sin(w*at))
		}
	}

	arbitrary(b)

	s = newStage(b, "slew", 1000, 0, 5)
	s.rest(0, 200)
	for _, force := range []float64{120, 15, 149, -100, 30, -140, 0} {
		s.ask(force, 0, 0, 0, 0)
		s.rest(0, 9)
	}
	expect(s, haptics.BySlew, haptics.NoFault)

	s = newStage(b, "clamp", 1000, 0, 5)
	s.rest(0, 200)
	s.ask(320, 0, 0, 0, 0)
	s.rest(0, 12)
	s.ask(0, 60000, 60, -10e-3, 0)
	s.rest(0, 12)
	expect(s, haptics.ByClamp, haptics.NoFault)

	s = newStage(b, "travel", 1000, 0, 5)
	s.rest(-30e-3, 200)
	s.ask(60, 0, 0, 0, 0)
	for k := range 100 {
		s.at(-30e-3-0.12e-3*float64(k), -0.12)
	}
	s.ask(-60, 0, 0, 0, 0)
	for k := range 120 {
		s.at(min(-40e-3+0.9e-3*float64(k), 61e-3), 0.9)
	}
	expect(s, haptics.ByTravel, haptics.NoFault)
}

// arbitrary moves the tool about and asks for any force, beyond the limits too; springs within them: the host yields as the
// asked spring would and bounds it afterwards, the firmware bounds it first.
func arbitrary(b *bytes.Buffer) {
	r := rand.New(rand.NewPCG(4, 20261121))
	for _, hz := range []int{1000, 10000} {
		s := newStage(b, fmt.Sprintf("any-%d", hz), hz, 0, 20)
		x, v := 0.0, 0.0
		for k := range 600 + hz/4 {
			if k%10 == 0 {
				s.ask(500*(r.Float64()-0.5), 40e3*r.Float64(), 20*r.Float64(), 0.04*(r.Float64()-0.5), 200*r.Float64())
			}
			v = min(max(v+(r.Float64()-0.5)*20/float64(hz), -0.04), 0.04) // slow: the energy stage differs at 10 kHz
			x += v / float64(hz)
			s.at(x, v)
		}
	}
}

func faults(b *bytes.Buffer, expect expectation) {
	s := newStage(b, "over-speed", 1000, 0, 20)
	s.ask(60, 0, 0, 0, 0)
	s.rest(0, 210)
	for k := range 3 {
		s.at(-2.2e-3*float64(k), -2.2)
	}
	expect(s, haptics.BySpeed, haptics.NoFault)
	for k := range 8 {
		s.at(-6.6e-3-2.2e-3*float64(k), -2.2)
	}
	s.rest(-24e-3, 110)
	expect(s, haptics.BySpeed, haptics.OverSpeed)

	s = newStage(b, "hold", 1000, 0, 20)
	s.ask(60, 0, 0, 0, 0)
	s.rest(0, 210)
	for k := range 6 {
		s.at(2.1e-3*float64(k), 2.1) // against the force: it stays, and the hold is a spring from there
	}
	for k := range 100 {
		s.at(10e-3-0.1e-3*float64(k), -0.1)
	}
	expect(s, haptics.ByRamp, haptics.OverSpeed)

	s = newStage(b, "jump", 1000, 0, 20)
	s.ask(80, 0, 0, 0, 0)
	s.rest(0, 210)
	s.rest(20e-3, 40)
	expect(s, haptics.ByRamp, haptics.OverSpeed)

	s = newStage(b, "over-travel", 1000, 0, 20)
	s.ask(-40, 0, 0, 0, 0)
	s.rest(50e-3, 210)
	s.ask(40, 0, 0, 0, 0)
	for k := range 60 {
		s.at(min(66e-3, 50e-3+0.4e-3*float64(k)), 0.4)
	}
	expect(s, haptics.ByRamp, haptics.OverTravel)
}

func longer(b *bytes.Buffer, expect expectation) {
	s := newStage(b, "energy", 1000, 0, 20)
	s.rest(0, 200)
	x, v := 0.0, 0.8
	for k := range 700 {
		if x > 40e-3 {
			v = -0.8
		} else if x <= 0 {
			v = 0.8
		}
		against := 1.0 // for a while the hand is resisted, then driven
		if k >= 300 {
			against = -1
		}
		s.ask(math.Copysign(70, v*against), 0, 0, 0, 0)
		s.at(x, v)
		x += v * 1e-3
	}
	expect(s, haptics.ByEnergy, haptics.NoFault)

	s = newStage(b, "oscillation", 1000, 0, 20)
	s.rest(0, 200)
	x, v = 0, 0
	const mass, drag, push, step = 0.5, 2.0, 30.0, 1e-4
	for range 1000 {
		s.ask(12e3*max(0, x), 0, 0, 0, 0)
		s.at(x, v)
		for range 10 {
			v += (push - s.g.Force() - drag*v) / mass * step
			x += v * step
		}
	}
	expect(s, haptics.ByOscillation, haptics.NoFault)

	s = newStage(b, "incurable", 1000, 0, 20)
	s.rest(0, 200)
	w := 2 * math.Pi * 25
	for k := 0; s.g.Fault().Reason == haptics.NoFault && k < 3000; k++ {
		at := float64(k) * 1e-3
		s.ask(80+70*math.Cos(w*at), 0, 0, 0, 0)
		s.at(2e-3*math.Sin(w*at), 2e-3*w*math.Cos(w*at))
	}
	expect(s, haptics.ByOscillation, haptics.Oscillation)

	s = newStage(b, "heat", 1000, 10, 20)
	s.rest(0, 200)
	s.ask(150, 0, 0, 0, 0)
	s.rest(0, 600)
	s.ask(0, 0, 0, 0, 0)
	s.rest(0, 100)
	s.ask(-150, 0, 0, 0, 0)
	s.rest(0, 150)
	expect(s, haptics.ByClamp, haptics.NoFault)
}

func TestTheFileIsWhatTheHostDoes(t *testing.T) {
	got := scenes(t)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: write it with go test ./haptics/firmware/agreement -update", err)
	}
	has, wants := bufio.NewScanner(bytes.NewReader(got)), bufio.NewScanner(bytes.NewReader(want))
	for n := 1; ; n++ {
		more, mores := has.Scan(), wants.Scan()
		if !more && !mores {
			return
		}
		if !same(has.Text(), wants.Text()) {
			t.Fatalf("%s:%d: the host makes %q of it, the file says %q; when that is meant, run -update and the firmware's tests",
				file, n, has.Text(), wants.Text())
		}
	}
}

// same compares two lines; the forces of two samples may differ by rounding.
func same(a, b string) bool {
	if a == b {
		return true
	}
	var x, y [4]int
	const format = "s %d %d %d %d"
	n, _ := fmt.Sscanf(a, format, &x[0], &x[1], &x[2], &x[3])
	m, _ := fmt.Sscanf(b, format, &y[0], &y[1], &y[2], &y[3])
	if n != 4 || m != 4 || !strings.HasPrefix(a, "s ") {
		return false
	}
	near := func(i, most int) bool { return x[i]-y[i] <= most && y[i]-x[i] <= most }
	return near(0, tolerance) && near(1, tolerance) && near(2, tolerance) && x[3] == y[3]
}
