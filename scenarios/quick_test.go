package scenarios

import "testing"

func TestQuick(t *testing.T) {
	for _, id := range gallery {
		text, _ := files.ReadFile("cases/" + id + ".yaml")
		c, err := Parse(id+".yaml", text)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		t.Log(c.ID, c.Title, len(c.Text))
	}
}
