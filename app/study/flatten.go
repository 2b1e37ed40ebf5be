package study

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// cell is one value of a row under its dotted name; an unknown value is empty text.
type cell struct{ name, text string }

// flatten turns a value into cells by way of its JSON, so that no key can be forgotten: objects give one cell for each of
// their keys, joined by dots, in their order; lists of plain values are joined by semicolons; in lists of objects with an
// "id" the id takes the place of the index.
func flatten(v any) ([]cell, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("study: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var out []cell
	err = walk(d, "", &out)
	return out, err
}

// walk reads the next value of d, which is valid JSON, into cells whose names begin with name.
func walk(d *json.Decoder, name string, out *[]cell) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('{'):
		return walkObject(d, name, out)
	case json.Delim('['):
		return walkList(d, name, out)
	}
	*out = append(*out, cell{name, textOf(t)})
	return nil
}

func textOf(t json.Token) string {
	if t == nil {
		return ""
	}
	return fmt.Sprint(t)
}

func dotted(name, key string) string {
	if name == "" {
		return key
	}
	return name + "." + key
}

func walkObject(d *json.Decoder, name string, out *[]cell) error {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		if err := walk(d, dotted(name, key.(string)), out); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func walkList(d *json.Decoder, name string, out *[]cell) error {
	var plainOnes []string
	objects := 0
	for ; d.More(); objects++ {
		var one []cell
		if err := walk(d, "", &one); err != nil {
			return err
		}
		if len(one) == 1 && one[0].name == "" {
			plainOnes = append(plainOnes, one[0].text)
			continue
		}
		key := fmt.Sprint(objects)
		for _, c := range one {
			if c.name == "id" {
				key = c.text
			}
		}
		for _, c := range one {
			*out = append(*out, cell{name + "." + key + "." + c.name, c.text})
		}
	}
	if objects == len(plainOnes) {
		*out = append(*out, cell{name, strings.Join(plainOnes, ";")})
	}
	_, err := d.Token()
	return err
}
