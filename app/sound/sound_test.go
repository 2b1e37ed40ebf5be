package sound

import (
	"math"
	"sync"
	"testing"
)

func read(v *Voice, seconds float64) []float32 {
	out := make([]float32, int(seconds*Rate))
	for i := 0; i < len(out); i += 512 {
		v.Read(out[i:min(i+512, len(out))])
	}
	return out
}

func loud(s []float32) float64 {
	sum := 0.0
	for _, x := range s {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum / float64(max(len(s), 1)))
}

func TestSilentWhenNothingHappens(t *testing.T) {
	v := NewVoice()
	if v.Read(make([]float32, 4096)) {
		t.Error("a voice at rest says it is heard")
	}
	if got := loud(read(v, 0.2)); got != 0 {
		t.Errorf("a voice at rest has level %g", got)
	}
}

// A burst must be heard at once and be over soon: a pop that lingers would hide the next one.
func TestBurstsAreShort(t *testing.T) {
	for name, play := range map[string]func(*Voice){"pop": (*Voice).Pop, "hit": (*Voice).Hit, "beep": (*Voice).Beep} {
		v := NewVoice()
		play(v)
		s := read(v, 0.6)
		if got := loud(s[:Rate/50]); got < 0.05 {
			t.Errorf("%s: level %.3f in its first 20 ms, want at least 0.05", name, got)
		}
		if got := loud(s[Rate*4/10:]); got != 0 {
			t.Errorf("%s: still has level %g after 0.4 s", name, got)
		}
	}
}

// The ear must hear the drill slow down under load: the pitch follows the speed.
func TestDrillPitchFollowsSpeed(t *testing.T) {
	crossings := func(speed float64) int {
		v := NewVoice()
		v.Drill(speed)
		read(v, 0.5)
		s := read(v, 1)
		low, n, last := 0.0, 0, 0.0
		for _, x := range s { // count turns of the hum only
			low += (float64(x) - low) * 0.02
			if low > 0 && last <= 0 {
				n++
			}
			last = low
		}
		return n
	}
	slow, fast := crossings(0.3), crossings(1)
	if fast < slow*13/10 {
		t.Errorf("hum of %d turns at 0.3 and %d at full speed, want at least 1.3 times", slow, fast)
	}
}

func TestDrillStops(t *testing.T) {
	v := NewVoice()
	v.Drill(1)
	if got := loud(read(v, 1)); got < 0.03 {
		t.Errorf("a running drill has level %.4f", got)
	}
	v.Drill(0)
	read(v, 1)
	if got := loud(read(v, 0.2)); got != 0 {
		t.Errorf("a stopped drill still has level %g after 1 s", got)
	}
}

func TestSamplesStayInRange(t *testing.T) {
	v := NewVoice()
	for _, part := range []float64{1, math.NaN(), math.Inf(1), -3, 1e300} {
		v.Drill(part)
		v.SetVolume(part)
		for range 20 {
			v.Pop()
			v.Hit()
			v.Beep()
			for i, x := range read(v, 0.01) {
				if !(x >= -1 && x <= 1) {
					t.Fatalf("sample %d is %g with speed and volume %g, want -1..1", i, x, part)
				}
			}
		}
	}
}

func TestReadDoesNotAllocate(t *testing.T) {
	v := NewVoice()
	v.Drill(1)
	out := make([]float32, 512)
	if n := testing.AllocsPerRun(50, func() { v.Pop(); v.Read(out) }); n != 0 {
		t.Errorf("Read allocates %g times", n)
	}
}

// Without a server nothing may fail, and the person is told why it is quiet and what to do.
func TestOpenWithoutServer(t *testing.T) {
	t.Setenv("PULSE_SERVER", "unix:/nonexistent/osseo-test")
	p := Open()
	if p.Notice() == "" {
		t.Error("no notice although there is no server")
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 100 {
				p.Drill(0.5)
				p.Pop()
				p.Hit()
				p.Beep()
				p.SetVolume(0.5)
				p.Notice()
			}
		})
	}
	wait.Wait()
	p.Close()
	p.Close()
	p.Pop()
}

func BenchmarkRead(b *testing.B) {
	v := NewVoice()
	v.Drill(1)
	out := make([]float32, 1323) // 30 ms
	b.ReportAllocs()
	for b.Loop() {
		v.Read(out)
	}
}
