package recording

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// What the schema metadata of a recording holds; docs/recording.md.
const (
	keyFormat      = "osseo.format"
	keyVersion     = "osseo.version"
	keyHeader      = "osseo.header"
	keyHeaderCheck = "osseo.header_crc32c"

	formatName        = "osseo-recording"
	formatVersion     = 1
	formatVersionText = "1"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checkText(b []byte) string { return fmt.Sprintf("%08x", crc32.Checksum(b, castagnoli)) }

// headerCheck covers the header and the columns: for each field a line feed, its name, a blank and its Arrow type.
func headerCheck(header []byte, fields []arrow.Field) string {
	all := append([]byte(nil), header...)
	for _, f := range fields {
		all = append(all, "\n"+f.Name+" "+f.Type.String()...)
	}
	return checkText(all)
}

// check is the last row of every batch.
type check struct {
	Batch int64  `json:"batch"` // counts from 0
	Rows  int    `json:"rows"`  // rows of the batch before this one
	CRC   string `json:"crc32c"`
}

// sumText appends a text as the check covers it.
func sumText(dst []byte, s string) []byte {
	dst = little.AppendUint32(append(dst, 1), uint32(len(s)))
	return append(dst, s...)
}

// sumRow appends what the check covers of a sample row.
func sumRow(dst []byte, r *Row) []byte {
	dst = little.AppendUint64(append(dst, 1), uint64(r.Tick))
	for i := range columns {
		dst = columns[i].sum(dst, r)
	}
	return append(dst, 0, 0)
}

// sumMark appends what the check covers of a mark row.
func sumMark(dst []byte, m *Mark) []byte {
	dst = little.AppendUint64(append(dst, 1), uint64(m.Tick))
	for range columns {
		dst = append(dst, 0)
	}
	return sumText(sumText(dst, m.Kind), m.JSON)
}

// sumCell appends what the check covers of one cell of a batch that was read.
func sumCell(dst []byte, a arrow.Array, i int) ([]byte, error) {
	if a.IsNull(i) {
		return append(dst, 0), nil
	}
	switch a := a.(type) {
	case *array.Int64:
		return little.AppendUint64(append(dst, 1), uint64(a.Value(i))), nil
	case *array.Float64:
		return little.AppendUint64(append(dst, 1), math.Float64bits(a.Value(i))), nil
	case *array.Uint8:
		return append(dst, 1, a.Value(i)), nil
	case *array.Uint16:
		return little.AppendUint16(append(dst, 1), a.Value(i)), nil
	case *array.Uint32:
		return little.AppendUint32(append(dst, 1), a.Value(i)), nil
	case *array.Boolean:
		return append(dst, 1, bit(a.Value(i))), nil
	case *array.String:
		return sumText(dst, a.Value(i)), nil
	}
	return dst, fmt.Errorf("a column of type %s", a.DataType())
}

// verify compares the check row of a batch with its other rows and returns it.
func verify(batch arrow.RecordBatch, checkJSON string, scratch []byte) (check, []byte, error) {
	var c check
	if err := json.Unmarshal([]byte(checkJSON), &c); err != nil {
		return c, scratch, fmt.Errorf("its check %q is no JSON", checkJSON)
	}
	if rows := int(batch.NumRows()) - 1; c.Rows != rows {
		return c, scratch, fmt.Errorf("it holds %d rows, its check says %d", rows, c.Rows)
	}
	dst := scratch[:0]
	var err error
	for i := range c.Rows {
		for _, col := range batch.Columns() {
			if dst, err = sumCell(dst, col, i); err != nil {
				return c, dst, err
			}
		}
	}
	if got := checkText(dst); got != c.CRC {
		return c, dst, fmt.Errorf("its contents sum to %s, its check says %s", got, c.CRC)
	}
	return c, dst, nil
}
