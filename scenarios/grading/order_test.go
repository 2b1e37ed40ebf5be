package grading

import (
	"reflect"
	"testing"
)

// What went wrong first is said first, whatever it costs: a dead drill before the tip that therefore never reached marrow.
func TestACauseIsSaidBeforeItsConsequence(t *testing.T) {
	r := Rubric{Pass: 80, Items: []Item{
		item("decide", 30, "decision_s <= 90"),
		item("power", 4, "driver_powered"),
		item("tilt", 6, "tilt_cutting_deg <= 10"),
		item("tip", 60, "in_medulla"),
	}}
	for i := 1; i < 4; i++ {
		r.Items[i].Critical = true
	}
	got, err := Grade(r, Facts{"decision_s": 200.0, "driver_powered": false, "tilt_cutting_deg": 30.0, "in_medulla": false})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"power", "tilt", "tip"}; !reflect.DeepEqual(got.CriticalFailures, want) {
		t.Errorf("critical %v, want %v", got.CriticalFailures, want)
	}
	if want := []string{"mend power", "mend tilt", "mend tip"}; !reflect.DeepEqual(got.Advice, want) {
		t.Errorf("advice %q, want %q", got.Advice, want)
	}
}
