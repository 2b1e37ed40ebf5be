package virtual

import (
	"testing"

	"osseo/haptics"
)

// One tick at 1 kHz: twenty substeps with a simulated hand on a stiff wall.
func BenchmarkExchange(b *testing.B) {
	l := armed(b, Expert(1, Task{Driver: Manual}), Options{})
	c := haptics.Command{Stiffness: 40e3, Damping: 8, Torque: 0.3, TiltStiffness: 3, Vibration: 0.5, VibrationHz: 150}
	var s haptics.Sample
	b.ReportAllocs()
	for b.Loop() {
		exchange(b, l, &c, &s)
	}
}
