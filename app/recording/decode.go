package recording

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
)

// maxRows is the most rows a batch may claim: a full one with as many marks as fit, and its check.
const maxRows = batchRows + batchMarks + 1

// contents is one batch, unpacked.
type contents struct {
	number  int64
	rows    []Row
	marks   []Mark
	before  []int // before[i] is how many of marks stand before rows[i]
	footer  *Footer
	stopped string
}

// decoder unpacks the batches of one recording. One goroutine at a time.
type decoder struct {
	schema  *ipc.Message
	columns []*column // by place in the file; nil where this program knows none of that name
	tick    int
	kind    int
	json    int
	mem     bounded
	stream  *ipc.Reader
	feed    feed
	scratch []byte
}

// feed gives the Arrow reader one message at a time.
type feed struct{ next *ipc.Message }

func (f *feed) Message() (*ipc.Message, error) {
	m := f.next
	f.next = nil
	if m == nil {
		return nil, io.EOF
	}
	return m, nil
}
func (f *feed) Retain()  {}
func (f *feed) Release() {}

// newDecoder reads the schema message of a recording.
func newDecoder(schema *ipc.Message) (*decoder, *arrow.Schema, error) {
	d := &decoder{schema: schema, tick: -1, kind: -1, json: -1}
	if err := d.restart(); err != nil {
		return nil, nil, err
	}
	return d, d.stream.Schema(), nil
}

// restart begins a new Arrow reader; the old one refuses to go on after an error.
func (d *decoder) restart() (err error) {
	defer damaged(&err)
	d.mem.left = batchMemory
	d.feed.next = d.schema
	d.stream, err = ipc.NewReaderFromMessageReader(&d.feed, ipc.WithAllocator(&d.mem))
	return err
}

// match finds the columns of a file by their names.
func (d *decoder) match(s *arrow.Schema) error {
	known := map[string]*column{}
	for i := range columns {
		known[columns[i].name] = &columns[i]
	}
	for i, f := range s.Fields() {
		d.columns = append(d.columns, nil)
		switch c := known[f.Name]; {
		case c != nil && arrow.TypeEqual(c.typ, f.Type):
			d.columns[i] = c
		case c != nil:
			return fmt.Errorf("column %q is %s, want %s", f.Name, f.Type, c.typ)
		case f.Name == tickColumn && f.Type.ID() == arrow.INT64:
			d.tick = i
		case f.Name == markKindColumn && f.Type.ID() == arrow.STRING:
			d.kind = i
		case f.Name == markJSONColumn && f.Type.ID() == arrow.STRING:
			d.json = i
		}
	}
	if d.tick < 0 || d.kind < 0 || d.json < 0 {
		return fmt.Errorf("one of the columns %s, %s, %s is missing", tickColumn, markKindColumn, markJSONColumn)
	}
	return nil
}

// decode unpacks one batch and checks it.
func (d *decoder) decode(m *ipc.Message, into *contents) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
		if err != nil {
			err = errors.Join(err, d.restart())
		}
	}()
	d.mem.left = batchMemory
	d.feed.next = m
	if !d.stream.Next() {
		if err := d.stream.Err(); err != nil {
			return errors.New(strings.TrimPrefix(err.Error(), "arrow/ipc: "))
		}
		return io.ErrUnexpectedEOF
	}
	return d.unpack(d.stream.RecordBatch(), into)
}

func (d *decoder) unpack(batch arrow.RecordBatch, into *contents) error {
	n := int(batch.NumRows())
	if n < 1 || n > maxRows {
		return fmt.Errorf("it holds %d rows, 1 to %d allowed", n, maxRows)
	}
	kinds := batch.Column(d.kind).(*array.String)
	texts := batch.Column(d.json).(*array.String)
	if kinds.IsNull(n-1) || kinds.Value(n-1) != KindCheck {
		return errors.New("its check is missing")
	}
	c, scratch, err := verify(batch, texts.Value(n-1), d.scratch)
	d.scratch = scratch
	if err != nil {
		return err
	}
	into.number = c.Batch
	into.rows, into.marks, into.before = into.rows[:0], into.marks[:0], into.before[:0]
	into.footer, into.stopped = nil, ""
	ticks := batch.Column(d.tick).(*array.Int64)
	for i := range n - 1 {
		if kinds.IsNull(i) {
			d.row(batch, i, ticks.Value(i), into)
			continue
		}
		m := Mark{ticks.Value(i), strings.Clone(kinds.Value(i)), strings.Clone(texts.Value(i))}
		if err := into.mark(m); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) row(batch arrow.RecordBatch, i int, tick int64, into *contents) {
	into.rows = append(into.rows, Row{Tick: tick})
	r := &into.rows[len(into.rows)-1]
	for j, c := range d.columns {
		if c != nil {
			if a := batch.Column(j); a.IsValid(i) {
				c.take(a, i, r)
			}
		}
	}
	into.before = append(into.before, len(into.marks))
}

func (c *contents) mark(m Mark) error {
	switch m.Kind {
	case KindClose:
		f, err := footerOf(m.JSON)
		if err != nil {
			return fmt.Errorf("its closing record is no JSON: %w", err)
		}
		c.footer = f
	case KindStopped:
		c.stopped = m.JSON
		c.marks = append(c.marks, m)
	default:
		c.marks = append(c.marks, m)
	}
	return nil
}
