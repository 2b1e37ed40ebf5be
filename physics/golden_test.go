package physics

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/*.csv anew; look at the plots before you commit them")

// Golden traces: force against depth of a few insertions. They are compared within 0.5 % of the peak, so that another
// architecture or a fused multiply passes and a changed law does not.
func TestGoldenTraces(t *testing.T) {
	for _, name := range []string{"manual-adult", "powered-adult", "powered-infant", "spring-adult"} {
		t.Run(name, func(t *testing.T) {
			var c condition
			for _, x := range conditions {
				if x.name == name {
					c = x
				}
			}
			got := trace(t, c)
			file := filepath.Join("testdata", name+".csv")
			if *update {
				if err := os.WriteFile(file, encode(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := read(file)
			if err != nil {
				t.Fatalf("%v; run go test ./physics -run Golden -update and look at the plots", err)
			}
			compare(t, got, want)
		})
	}
}

// trace runs a condition and keeps time, tool, tip and force every 20 ms, every 2 ms around the pop.
func trace(t *testing.T, c condition) [][4]float64 {
	t.Helper()
	b := c.bench(t, 5)
	var rows [][4]float64
	for i := 0; b.time < 15 && b.time < b.popAt+0.4; i++ {
		b.tick(1e-3)
		if i%20 == 0 || (b.time < b.popAt+0.05 && b.time > b.popAt && i%2 == 0) {
			rows = append(rows, [4]float64{b.time, b.in.Depth / mm, b.out.Tip / mm, b.out.Reaction})
		}
	}
	return rows
}

func encode(rows [][4]float64) []byte {
	var b bytes.Buffer
	b.WriteString("time_s,tool_mm,tip_mm,force_n\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "%.3f,%.4f,%.4f,%.3f\n", r[0], r[1], r[2], r[3])
	}
	return b.Bytes()
}

func read(file string) ([][4]float64, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, err
	}
	rows := make([][4]float64, 0, len(records))
	for _, r := range records[1:] {
		var row [4]float64
		for i := range row {
			if row[i], err = strconv.ParseFloat(r[i], 64); err != nil {
				return nil, err
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func compare(t *testing.T, got, want [][4]float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d rows; want %d", len(got), len(want))
	}
	peak := 1.0
	for _, r := range want {
		peak = max(peak, r[3])
	}
	for i, w := range want {
		for k, tolerance := range [4]float64{1e-3, 0.02, 0.02, 0.005 * peak} {
			if math.Abs(got[i][k]-w[k]) > tolerance {
				t.Fatalf("at %.3f s column %d: %.4f; want %.4f within %.4f", w[0], k, got[i][k], w[k], tolerance)
			}
		}
	}
}
