package study

import (
	"context"
	"testing"
)

func benchRows(b *testing.B, p Plan) {
	b.Helper()
	p, do, err := p.worker()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := do(context.Background(), i%p.N); err != nil {
			b.Fatal(err)
		}
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// One insertion of a population; one core.
func BenchmarkInsertion(b *testing.B) {
	people := parse(b, "age=18..80y")
	benchRows(b, Plan{People: &people, N: 200})
}

// One whole run of a case; one core.
func BenchmarkCase(b *testing.B) { benchRows(b, Plan{Case: "adult-arrest", N: 20}) }

// One infusion.
func BenchmarkInfusion(b *testing.B) {
	f, err := Infusion{People: parse(b, "age=18..80y"), N: 1}.check()
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		if _, err := f.one(seedOf(1, i)); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
