package recording

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// aHeader is a header with every field set.
func aHeader() Header {
	return Header{
		Version: formatVersion, Case: "adult-arrest", CaseYAML: "id: adult-arrest\n", CaseHash: "00ff", Seed: math.MaxUint64,
		Hand: "expert", Driver: "powered", Needle: "ez-25", Device: "virtual", Mode: "exam", Learner: "Zoë",
		TickHz: 1000, Set: map[string]string{"patient.bmi": "47"}, Anatomy: map[string]float64{"cortex_mm": 3.25},
		Build: "dev", Arch: "linux/amd64", StartedAt: "2026-11-21T03:10:20Z",
	}
}

// aRow is a row with every field set to something of its own.
func aRow(tick int64) Row {
	r := rand.New(rand.NewPCG(uint64(tick), 1))
	row := Row{Tick: tick}
	v := reflect.ValueOf(&row).Elem()
	for i := 1; i < v.NumField(); i++ {
		switch f := v.Field(i); f.Kind() {
		case reflect.Float64:
			f.SetFloat(r.NormFloat64())
		case reflect.Bool:
			f.SetBool(r.IntN(2) == 1)
		default:
			f.SetUint(r.Uint64() >> (64 - f.Type().Bits()))
		}
	}
	return row
}

func aFooter(ticks int64) Footer {
	return Footer{
		Ticks: ticks, StateHash: "0123456789abcdef", Reason: "finished",
		Loop: Loop{RateHz: 1000, LateP50: 20, LateP99: 40, LateP999: 60, LateMax: 200, Overruns: 1, Scheduler: "offline"},
	}
}

// record runs rows and marks through any recorder: a hash each 100 ticks, an action now and then, one mark after the end.
func record(t *testing.T, w Recorder, ticks int64) {
	t.Helper()
	for i := range ticks {
		if i%100 == 0 {
			w.Mark(Mark{i, KindHash, fmt.Sprintf(`"%016x"`, i)})
		}
		if i%333 == 7 {
			w.Mark(Mark{i, KindAction, fmt.Sprintf(`{"at_s":%g,"kind":"clean"}`, float64(i)/1000)})
			w.Mark(Mark{i, KindObservation, `{"Text":"gereinigt ✓"}`})
		}
		r := aRow(i)
		w.Tick(&r)
	}
	w.Mark(Mark{ticks, KindFault, `{"reason":"stale"}`})
	if err := w.Close(aFooter(ticks)); err != nil {
		t.Fatal(err)
	}
}

func create(t *testing.T, o Options) (*Writer, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "new", "run.osseo")
	w, err := Create(path, aHeader(), o)
	if err != nil {
		t.Fatal(err)
	}
	return w, path
}

func load(t *testing.T, path string) *Memory {
	t.Helper()
	m, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestRoundTrip(t *testing.T) {
	for _, ticks := range []int64{0, 1, 249, 250, 251, 2600} {
		for _, offline := range []bool{true, false} {
			t.Run(fmt.Sprintf("%d ticks offline %v", ticks, offline), func(t *testing.T) {
				w, path := create(t, Options{Offline: offline})
				record(t, w, ticks)
				want := NewMemory(aHeader())
				record(t, want, ticks)
				got := load(t, path)
				same(t, got, want)
				if e := got.End(); !e.Clean || !e.Whole() || e.Reason != "closed: finished" || *e.Footer != aFooter(ticks) {
					t.Errorf("end = %+v, footer %+v", e, e.Footer)
				}
			})
		}
	}
}

// same compares two recordings row by row and mark by mark.
func same(t *testing.T, got, want *Memory) {
	t.Helper()
	if !reflect.DeepEqual(got.Header(), want.Header()) {
		t.Errorf("header = %+v\nwant %+v", got.Header(), want.Header())
	}
	if len(got.Rows()) != len(want.Rows()) {
		t.Fatalf("%d rows, want %d: %s", len(got.Rows()), len(want.Rows()), got.End().Reason)
	}
	for i := range want.Rows() {
		if got.Rows()[i] != want.Rows()[i] {
			t.Fatalf("row %d = %+v\nwant %+v", i, got.Rows()[i], want.Rows()[i])
		}
	}
	if len(got.Marks()) != len(want.Marks()) {
		t.Fatalf("%d marks, want %d", len(got.Marks()), len(want.Marks()))
	}
	for i := range want.Marks() {
		if got.Marks()[i] != want.Marks()[i] {
			t.Fatalf("mark %d = %+v, want %+v", i, got.Marks()[i], want.Marks()[i])
		}
	}
}

func TestEveryFieldHasAColumn(t *testing.T) {
	w, path := create(t, Options{Offline: true})
	fields := reflect.TypeFor[Row]().NumField()
	for i := range fields {
		var r Row
		v := reflect.ValueOf(&r).Elem().Field(i)
		switch v.Kind() {
		case reflect.Float64:
			v.SetFloat(1)
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Int64:
			v.SetInt(1)
		default:
			v.SetUint(1)
		}
		w.Tick(&r)
	}
	if err := w.Close(Footer{}); err != nil {
		t.Fatal(err)
	}
	m := load(t, path)
	for i := range fields {
		if f := reflect.ValueOf(m.Rows()[i]).Field(i); f.IsZero() {
			t.Errorf("field %s of a Row is not in the file", reflect.TypeFor[Row]().Field(i).Name)
		}
	}
}

func TestNonFiniteNumbersSurvive(t *testing.T) {
	w, path := create(t, Options{Offline: true})
	r := Row{Force: math.NaN(), Tip: math.Inf(-1), Load: math.Copysign(0, -1)}
	w.Tick(&r)
	if err := w.Close(Footer{Loop: Loop{LateMax: math.NaN(), Overruns: 3}}); err != nil {
		t.Fatal(err)
	}
	m := load(t, path)
	got := m.Rows()[0]
	if !math.IsNaN(got.Force) || !math.IsInf(got.Tip, -1) || !math.Signbit(got.Load) {
		t.Errorf("row = %+v", got)
	}
	if e := m.End(); !e.Clean || e.Footer.Loop.Overruns != 3 {
		t.Errorf("end = %+v", e)
	}
}

func TestMarksAreMadeFit(t *testing.T) {
	w, path := create(t, Options{Offline: true})
	w.Mark(Mark{0, "", `1`})
	w.Mark(Mark{0, KindClose, `{}`})
	w.Mark(Mark{0, KindCheck, `{}`})
	w.Mark(Mark{0, KindAction, `not json`})
	w.Mark(Mark{0, KindAction, string(make([]byte, maxMarkSize+1))})
	if err := w.Close(Footer{}); err != nil {
		t.Fatal(err)
	}
	m := load(t, path)
	want := []Mark{
		{0, "note", "1"},
		{0, "note", "{}"},
		{0, "note", "{}"},
		{0, KindAction, `"not json"`},
		{0, KindAction, `{"not_recorded":"a mark of 131073 bytes, at most 131072 allowed"}`},
	}
	if !reflect.DeepEqual(m.Marks(), want) || !m.End().Clean {
		t.Errorf("marks = %+v, %+v", m.Marks(), m.End())
	}
}

func TestManyMarksTakeManyBatches(t *testing.T) {
	for _, offline := range []bool{true, false} {
		w, path := create(t, Options{Offline: offline})
		r := aRow(0)
		w.Tick(&r)
		big := fmt.Sprintf("%q", string(make([]byte, 10_000)))
		for i := range 2500 {
			m := Mark{int64(i), KindAction, fmt.Sprint(i)}
			if i%100 == 0 {
				m.JSON = fmt.Sprintf(`[%d,%s]`, i, big)
			}
			w.Mark(m)
		}
		r = aRow(3000)
		w.Tick(&r)
		if err := w.Close(Footer{}); err != nil {
			t.Fatal(err)
		}
		m := load(t, path)
		if len(m.Marks()) != 2500 || len(m.Rows()) != 2 || !m.End().Clean || len(m.End().Refused) > 0 {
			t.Fatalf("%d marks, %d rows, %+v", len(m.Marks()), len(m.Rows()), m.End())
		}
		for i, mark := range m.Marks() {
			if mark.Tick != int64(i) {
				t.Fatalf("mark %d has tick %d", i, mark.Tick)
			}
		}
	}
}

func TestLateMarksComeInOrder(t *testing.T) {
	w, path := create(t, Options{Offline: true})
	for i := range int64(600) {
		r := aRow(i)
		w.Tick(&r)
		if i == 260 { // told late: its tick is in the batch that is already written
			w.Mark(Mark{100, KindAction, `"late"`})
			w.Mark(Mark{255, KindAction, `"in time"`})
		}
	}
	if err := w.Close(Footer{}); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	at := map[int64]string{}
	for f.Next() {
		for _, m := range f.Marks() {
			at[f.Row().Tick] += m.JSON
		}
	}
	if want := map[int64]string{100: `"late"`, 255: `"in time"`}; !reflect.DeepEqual(at, want) {
		t.Errorf("marks at ticks %v, want %v", at, want)
	}
}

func TestMissingTicksAreCounted(t *testing.T) {
	w, path := create(t, Options{Offline: true})
	for _, i := range []int64{0, 1, 5, 6, 300} {
		r := aRow(i)
		w.Tick(&r)
	}
	if err := w.Close(Footer{}); err != nil {
		t.Fatal(err)
	}
	if e := load(t, path).End(); e.Missing != 3+293 || !e.Clean || e.Whole() {
		t.Errorf("end = %+v", e)
	}
}

func TestMemoryReadsLikeAFile(t *testing.T) {
	w, path := create(t, Options{Offline: true})
	record(t, w, 1000)
	m := NewMemory(aHeader())
	record(t, m, 1000)
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	a, b := Reader(f), m.Reader()
	for i := 0; ; i++ {
		more := a.Next()
		if b.Next() != more {
			t.Fatalf("at row %d one ends and the other does not", i)
		}
		if len(a.Marks()) != len(b.Marks()) || len(a.Marks()) > 0 && !reflect.DeepEqual(a.Marks(), b.Marks()) {
			t.Fatalf("at row %d marks %+v and %+v", i, a.Marks(), b.Marks())
		}
		if !more {
			break
		}
		if *a.Row() != *b.Row() {
			t.Fatalf("row %d differs", i)
		}
	}
	x, y := a.End(), b.End()
	x.Batches = 0
	if !reflect.DeepEqual(x, y) {
		t.Errorf("ends %+v and %+v", x, y)
	}
	if a.Next() || len(a.Marks()) != 0 {
		t.Error("a reader that ended goes on")
	}
}

func TestCloseTwiceAndUseAfterClose(t *testing.T) {
	for _, offline := range []bool{true, false} {
		w, path := create(t, Options{Offline: offline})
		record(t, w, 10)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r := aRow(11)
		w.Tick(&r)
		w.Mark(Mark{11, KindAction, "1"})
		if err := w.Close(Footer{}); err != nil {
			t.Error(err)
		}
		after, _ := os.ReadFile(path)
		if string(before) != string(after) {
			t.Error("a closed recording was written to")
		}
	}
}
