package scenarios

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed cases/*.yaml
var files embed.FS

// gallery is the order in which the cases are shown: by situation as in the clinical documents, then by difficulty.
var gallery = []string{
	"adult-arrest", "adult-trauma-manual", "infant-septic-shock", "obese-burns", "transport-spring", "newborn-no-cord-line",
}

// parsed reads the embedded cases once. They are part of the program: a mistake in one is a defect that the tests meet
// first, and Load tells it rather than hiding the case.
var parsed = sync.OnceValues(func() (map[string]*Case, error) {
	cases := make(map[string]*Case, len(gallery))
	for _, id := range gallery {
		name := "cases/" + id + ".yaml"
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("scenarios: embedded case %s cannot be read: %w", id, err)
		}
		c, err := Parse(name, text)
		if err != nil {
			return nil, err
		}
		if c.ID != id {
			return nil, fmt.Errorf("scenarios: embedded case %s calls itself %q; name the file after its id", id, c.ID)
		}
		cases[id] = c
	}
	return cases, nil
})

// List returns the embedded cases in gallery order. The caller owns them.
func List() []*Case {
	cases, err := parsed()
	if err != nil {
		return nil
	}
	out := make([]*Case, len(gallery))
	for i, id := range gallery {
		out[i] = cases[id].clone()
	}
	return out
}

// Load returns the embedded case of an id. The caller owns it.
func Load(id string) (*Case, error) {
	cases, err := parsed()
	if err != nil {
		return nil, err
	}
	c, ok := cases[id]
	if !ok {
		return nil, fmt.Errorf("scenarios: no case %q, allowed %s; %s, or give the path of a case file", id, strings.Join(gallery, ", "), closest(id, gallery))
	}
	return c.clone(), nil
}
