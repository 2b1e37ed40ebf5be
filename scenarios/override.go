package scenarios

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Override returns a copy of a case with values changed, as `--set path=value` does: patient.weight_kg=3.1,
// tray.battery=0, patient.anatomy.cortex_mm=2, vitals.0.hr=90, tray.needles=ez-15,ez-25, rubric.items.tip-in-marrow.points=20.
//
// Values are checked by the same schema as a file; whether the plan is still possible is not, so that a run can try what
// goes wrong. Text stays the file as read. The error is a Problems. Paths that begin with "hand." belong to the trial.
func Override(c *Case, set map[string]string) (*Case, error) {
	d := &document{file: "--set", values: map[string]place{}, keys: map[string]place{}, told: map[string]bool{}}
	tree := c.tree()
	for _, path := range slices.Sorted(maps.Keys(set)) {
		d.set(tree, path, set[path])
	}
	if len(d.found) > 0 {
		return nil, d.err()
	}
	d.root = tree
	d.validate(caseSchema())
	out := &Case{}
	if !d.decode(out) {
		return nil, d.err()
	}
	out.Text = c.Text
	fillDefaults(out)
	checkReferences(d, out)
	if err := d.err(); err != nil {
		return nil, err
	}
	return out, nil
}

// clone returns a deep copy.
func (c *Case) clone() *Case {
	text, err := json.Marshal(c)
	out := &Case{}
	if err == nil {
		err = json.Unmarshal(text, out)
	}
	if err != nil {
		panic("scenarios: a case cannot be copied: " + err.Error())
	}
	out.Text = c.Text
	return out
}

// tree returns a case as plain values, absent keys left out.
func (c *Case) tree() map[string]any {
	text, err := json.Marshal(c)
	var tree map[string]any
	if err == nil {
		err = json.Unmarshal(text, &tree)
	}
	if err != nil {
		panic("scenarios: a case cannot be taken apart: " + err.Error())
	}
	prune(tree)
	return tree
}

// prune removes nulls and empty texts, which stand for absent keys.
func prune(v any) {
	switch x := v.(type) {
	case map[string]any:
		for k, e := range x {
			if e == nil || e == "" {
				delete(x, k)
				continue
			}
			prune(e)
		}
	case []any:
		for _, e := range x {
			prune(e)
		}
	}
}

// set writes one value into the tree.
func (d *document) set(tree map[string]any, path, text string) {
	keys := strings.Split(path, ".")
	var node any = tree
	at := ""
	for i, key := range keys {
		last := i == len(keys)-1
		switch x := node.(type) {
		case map[string]any:
			p := join(at, key)
			if _, ok := ruleByPath[indexes.ReplaceAllString(p, "[]")]; !ok || key == "" {
				d.unknownPath(path, join(at, key), at)
				return
			}
			at = p
			if last {
				x[key] = d.typed(at, text)
				return
			}
			if x[key] == nil {
				x[key] = map[string]any{}
			}
			node = x[key]
		case []any:
			n := element(x, key)
			if n < 0 {
				d.report(place{}, path, "", elements(x), fmt.Sprintf("no element %q in %s", key, at))
				return
			}
			at = fmt.Sprintf("%s[%d]", at, n)
			if last {
				x[n] = d.typed(at, text)
				return
			}
			node = x[n]
		default:
			d.report(place{}, path, "", "", fmt.Sprintf("%s is a single value and has nothing below it; set %s itself", at, at))
			return
		}
	}
}

// element finds a list's element by its place from 0 or by its id.
func element(list []any, key string) int {
	if n, err := strconv.Atoi(key); err == nil {
		if n >= 0 && n < len(list) {
			return n
		}
		return -1
	}
	for i, e := range list {
		if m, ok := e.(map[string]any); ok && m["id"] == key {
			return i
		}
	}
	return -1
}

func elements(list []any) string {
	s := fmt.Sprintf("0 to %d", len(list)-1)
	var names []string
	for _, e := range list {
		if m, ok := e.(map[string]any); ok {
			if id, ok := m["id"].(string); ok {
				names = append(names, id)
			}
		}
	}
	if len(names) > 0 {
		s += " or " + strings.Join(names, ", ")
	}
	return s
}

func (d *document) unknownPath(path, wrong, below string) {
	here := keysUnder(indexes.ReplaceAllString(below, "[]"))
	key := wrong[strings.LastIndexByte(wrong, '.')+1:]
	if near := nearest(key, here, 3); len(near) > 0 {
		for i := range near {
			near[i] = join(below, near[i])
		}
		d.report(place{}, path, "", "", "unknown path; did you mean "+strings.Join(near, " or ")+"?")
		return
	}
	if near := nearPaths(path); len(near) > 0 {
		d.report(place{}, path, "", "", "unknown path; did you mean "+strings.Join(near, " or ")+"?")
		return
	}
	where := below
	if where == "" {
		where = "a case"
	}
	d.report(place{}, path, "", strings.Join(here, ", "), "unknown path; these keys are in "+where)
}

// nearPaths finds paths of the whole case that end like a path: weight_kg finds patient.weight_kg.
func nearPaths(path string) []string {
	last := path[strings.LastIndexByte(path, '.')+1:]
	var out []string
	for _, r := range rules {
		if strings.Contains(r.path, "[") || !strings.Contains(r.path, ".") {
			continue
		}
		if len(nearest(last, []string{r.path[strings.LastIndexByte(r.path, '.')+1:]}, 1)) > 0 {
			out = append(out, r.path)
		}
	}
	sort.Strings(out)
	return out[:min(3, len(out))]
}

// typed turns the text of a --set into the type its path holds; what does not fit is left as text for the schema to refuse.
func (d *document) typed(path, text string) any {
	switch d.kindAt(path) {
	case "number", "integer":
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || !plainNumber.MatchString(text) {
			return text
		}
		return x
	case "boolean":
		switch text {
		case "true":
			return true
		case "false":
			return false
		}
	case "array":
		return d.typedList(path, text)
	}
	return text
}

// typedList reads a,b,c, with or without brackets.
func (d *document) typedList(path, text string) any {
	text = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "["), "]")
	out := []any{}
	if strings.TrimSpace(text) == "" {
		return out
	}
	for i, part := range strings.Split(text, ",") {
		out = append(out, d.typed(fmt.Sprintf("%s[%d]", path, i), strings.TrimSpace(part)))
	}
	return out
}
