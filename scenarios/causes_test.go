package scenarios

import "testing"

// In every rubric the tip that missed the marrow stands after all that makes it miss, so that the debrief names the cause first.
func TestRubricsNameTheCauseFirst(t *testing.T) {
	for _, c := range List() {
		last := ""
		for _, item := range c.Rubric.Items {
			if item.Critical {
				last = item.ID
			}
		}
		if last != "tip-not-in-marrow" {
			t.Errorf("%s: the last critical item is %q, want tip-not-in-marrow", c.ID, last)
		}
	}
}
