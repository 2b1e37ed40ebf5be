package recording

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
)

// batchRows is how many sample rows a batch holds at most: a quarter of a second at 1 kHz.
const batchRows = 250

// Limits on what one batch may hold besides its rows, so that a reader can bound its memory.
const (
	batchMarks    = 1000
	batchMarkSize = 256 << 10 // bytes of JSON in the marks of one batch
	maxMarkSize   = 128 << 10 // bytes of JSON in one mark
)

// encoder turns rows and marks into the bytes of one batch. One goroutine at a time.
type encoder struct {
	out     bytes.Buffer
	stream  *ipc.Writer
	schema  *arrow.Schema
	builder *array.RecordBuilder
	sum     []byte
	batches int64 // how many are in the file: the number of the next
	tick    int64 // of the newest row or mark
}

func newEncoder(header []byte) *encoder {
	e := &encoder{schema: newSchema(header)}
	mem := &pool{}
	e.stream = ipc.NewWriter(&e.out, ipc.WithSchema(e.schema), ipc.WithLZ4(), ipc.WithAllocator(mem))
	e.builder = array.NewRecordBuilder(mem, e.schema)
	return e
}

// encode returns the bytes of the next batch: marks go before the row of their own tick. The bytes are valid until the
// next call. Marks are put in order of their ticks, keeping the order of equal ones.
func (e *encoder) encode(rows []Row, marks []Mark) ([]byte, error) {
	e.out.Reset()
	e.sum = e.sum[:0]
	sortMarks(marks)
	next := 0
	for i := range rows {
		for ; next < len(marks) && marks[next].Tick <= rows[i].Tick; next++ {
			e.mark(&marks[next])
		}
		e.row(&rows[i])
	}
	for ; next < len(marks); next++ {
		e.mark(&marks[next])
	}
	if err := e.check(len(rows) + len(marks)); err != nil {
		return nil, err
	}
	batch := e.builder.NewRecordBatch()
	defer batch.Release()
	if err := e.stream.Write(batch); err != nil {
		return nil, err
	}
	return e.out.Bytes(), nil
}

// end returns the marker that ends an Arrow stream.
func (e *encoder) end() ([]byte, error) {
	e.out.Reset()
	err := e.stream.Close()
	return e.out.Bytes(), err
}

func (e *encoder) row(r *Row) {
	e.tick = r.Tick
	e.builder.Field(0).(*array.Int64Builder).Append(r.Tick)
	for i := range columns {
		columns[i].put(e.builder.Field(1+i), r)
	}
	e.builder.Field(1 + len(columns)).AppendNull()
	e.builder.Field(2 + len(columns)).AppendNull()
	e.sum = sumRow(e.sum, r)
}

func (e *encoder) mark(m *Mark) {
	e.append(m)
	e.sum = sumMark(e.sum, m)
}

func (e *encoder) append(m *Mark) {
	e.tick = m.Tick
	e.builder.Field(0).(*array.Int64Builder).Append(m.Tick)
	for i := range columns {
		e.builder.Field(1 + i).AppendNull()
	}
	e.builder.Field(1 + len(columns)).(*array.StringBuilder).Append(m.Kind)
	e.builder.Field(2 + len(columns)).(*array.StringBuilder).Append(m.JSON)
}

func (e *encoder) check(rows int) error {
	text, err := json.Marshal(check{Batch: e.batches, Rows: rows, CRC: checkText(e.sum)})
	if err != nil {
		return fmt.Errorf("recording: check of batch %d: %w", e.batches, err)
	}
	e.append(&Mark{Tick: e.tick, Kind: KindCheck, JSON: string(text)})
	return nil
}
