package scenarios

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Schema returns the JSON Schema (draft 2020-12) of a case file, for editors:
//
//	# yaml-language-server: $schema=osseo-case.schema.json
//
// It is made from the Go types and the rule table, so it cannot drift from what Parse accepts.
func Schema() []byte { return append([]byte(nil), caseSchema().text...) }

const schemaDraft = "https://json-schema.org/draft/2020-12/schema"

// schemas is a schema as text and ready to check.
type schemas struct {
	text  []byte
	ready *jsonschema.Schema
	root  map[string]any
}

var caseSchema = sync.OnceValue(func() *schemas { return makeSchema("osseo-case", "", reflect.TypeFor[Case]()) })

var rubricSchema = sync.OnceValue(func() *schemas { return makeSchema("osseo-rubric", "rubric", reflect.TypeFor[Rubric]()) })

// makeSchema builds and compiles a schema. It panics on a mistake in the rule table, which the tests would meet first.
func makeSchema(name, path string, t reflect.Type) *schemas {
	root := schemaOf(path, t)
	root["$schema"] = schemaDraft
	root["title"] = name
	text, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic("scenarios: schema cannot be written: " + err.Error())
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		panic("scenarios: schema is not JSON: " + err.Error())
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(name, doc); err != nil {
		panic("scenarios: schema cannot be added: " + err.Error())
	}
	ready, err := compiler.Compile(name)
	if err != nil {
		panic("scenarios: schema does not compile: " + err.Error())
	}
	return &schemas{text: append(text, '\n'), ready: ready, root: root}
}

// schemaOf describes one Go type at one path.
func schemaOf(path string, t reflect.Type) map[string]any {
	r, ok := ruleByPath[path]
	if !ok && path != "" {
		panic("scenarios: no rule for key " + path)
	}
	s := map[string]any{"type": jsonType(t)}
	if r.text != "" {
		s["description"] = describe(r)
	}
	switch t.Kind() {
	case reflect.Struct:
		properties(s, path, t)
	case reflect.Map:
		anatomyProperties(s, path, t.Elem())
	case reflect.Slice, reflect.Array:
		s["items"] = schemaOf(path+"[]", t.Elem())
		s["minItems"], s["maxItems"] = int(r.lo), int(r.hi)
	case reflect.String:
		if len(r.words) > 0 {
			s["enum"] = r.words
		} else {
			s["minLength"], s["maxLength"] = int(r.lo), int(r.hi)
		}
		if r.pattern != "" {
			s["pattern"] = r.pattern
		}
	case reflect.Float64, reflect.Int, reflect.Uint64:
		s["minimum"], s["maximum"] = r.lo, r.hi
	}
	return s
}

func describe(r rule) string {
	if r.unit != "" {
		return r.text + " Unit: " + r.unit + "."
	}
	return r.text
}

func properties(s map[string]any, path string, t reflect.Type) {
	props := map[string]any{}
	var required []string
	for i := range t.NumField() {
		key, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if key == "" || key == "-" {
			continue
		}
		p := join(path, key)
		props[key] = schemaOf(p, t.Field(i).Type)
		if ruleByPath[p].required {
			required = append(required, key)
		}
	}
	s["properties"], s["additionalProperties"] = props, false
	if len(required) > 0 {
		s["required"] = required
	}
}

// anatomyProperties describes a map whose keys are the rules below its path.
func anatomyProperties(s map[string]any, path string, elem reflect.Type) {
	props := map[string]any{}
	for _, key := range keysUnder(path) {
		props[key] = schemaOf(join(path, key), elem)
	}
	s["properties"], s["additionalProperties"] = props, false
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func jsonType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		return "object"
	case reflect.Slice, reflect.Array:
		return "array"
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Uint64:
		return "integer"
	case reflect.Float64:
		return "number"
	}
	panic(fmt.Sprintf("scenarios: no JSON type for %v", t))
}

// at returns the part of the schema that describes a rule's path, nil when there is none.
func (s *schemas) at(path string) map[string]any {
	node := s.root
	if path == "" {
		return node
	}
	for _, key := range strings.Split(path, ".") {
		name := strings.TrimRight(key, "[]")
		props, _ := node["properties"].(map[string]any)
		next, ok := props[name].(map[string]any)
		if !ok {
			return nil
		}
		for range strings.Count(key, "[]") {
			next, _ = next["items"].(map[string]any)
		}
		node = next
	}
	return node
}
