package recording

import (
	"fmt"

	flatbuffers "github.com/google/flatbuffers/go"
)

// The fields of Arrow's flatbuffer tables that hold vectors, by slot (Arrow columnar format, Message.fbs and Schema.fbs).
const (
	messageHeaderType = 1
	messageHeader     = 2
	messageMeta       = 4
	schemaFields      = 1
	schemaMeta        = 2
	schemaFeatures    = 3
	fieldTypeKind     = 2
	fieldDictionary   = 4
	fieldChildren     = 5
	fieldMeta         = 6

	headerSchema = 1
	headerBatch  = 3
)

// Limits of what a recording's metadata may hold.
const (
	maxColumns = 256
	maxKeys    = 64
)

// plainTypes are the Arrow types a column may have, by their number in the Type union: integer, float, text and bool.
var plainTypes = map[byte]bool{2: true, 3: true, 5: true, 6: true}

// verifyMessage looks at a message's metadata before the Arrow code does, which believes every length it finds there and
// would ask for as much memory as a damaged one says.
func verifyMessage(meta []byte) (err error) {
	defer damaged(&err)
	m := flatbuffers.Table{Bytes: meta, Pos: flatbuffers.GetUOffsetT(meta)}
	if n := length(m, messageMeta); n > maxKeys {
		return tooMany("keys", n, maxKeys)
	}
	header, ok := child(m, messageHeader)
	if !ok {
		return fmt.Errorf("%w: a message without a header", errFrame)
	}
	switch kind := m.GetByteSlot(slot(messageHeaderType), 0); kind {
	case headerSchema:
		return verifySchema(header)
	case headerBatch:
		return nil
	default:
		return fmt.Errorf("%w: a message of kind %d", errFrame, kind)
	}
}

func verifySchema(s flatbuffers.Table) error {
	if n := length(s, schemaMeta); n > maxKeys {
		return tooMany("keys", n, maxKeys)
	}
	if n := length(s, schemaFeatures); n > maxKeys {
		return tooMany("features", n, maxKeys)
	}
	n := length(s, schemaFields)
	if n > maxColumns {
		return tooMany("columns", n, maxColumns)
	}
	for i := range n {
		at := s.Vector(flatbuffers.UOffsetT(s.Offset(slot(schemaFields)))) + flatbuffers.UOffsetT(4*i)
		if err := verifyField(flatbuffers.Table{Bytes: s.Bytes, Pos: s.Indirect(at)}); err != nil {
			return err
		}
	}
	return nil
}

func verifyField(f flatbuffers.Table) error {
	if kind := f.GetByteSlot(slot(fieldTypeKind), 0); !plainTypes[kind] {
		return fmt.Errorf("%w: a column of type %d", errFrame, kind)
	}
	if length(f, fieldChildren) > 0 || f.Offset(slot(fieldDictionary)) != 0 {
		return fmt.Errorf("%w: a nested column", errFrame)
	}
	if n := length(f, fieldMeta); n > maxKeys {
		return tooMany("keys", n, maxKeys)
	}
	return nil
}

func tooMany(what string, n, limit int) error {
	return fmt.Errorf("%w: %d %s, at most %d allowed", errFrame, n, what, limit)
}

// slot is where the offset of a table's field stands in its vtable.
func slot(field flatbuffers.VOffsetT) flatbuffers.VOffsetT { return 4 + 2*field }

// length is how many elements a vector field has, 0 when it is absent.
func length(t flatbuffers.Table, field flatbuffers.VOffsetT) int {
	if o := t.Offset(slot(field)); o != 0 {
		return t.VectorLen(flatbuffers.UOffsetT(o))
	}
	return 0
}

// child is the table a field points at.
func child(t flatbuffers.Table, field flatbuffers.VOffsetT) (flatbuffers.Table, bool) {
	o := t.Offset(slot(field))
	if o == 0 {
		return t, false
	}
	var c flatbuffers.Table
	t.Union(&c, flatbuffers.UOffsetT(o))
	return c, true
}
