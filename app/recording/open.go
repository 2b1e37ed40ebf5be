package recording

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
)

// File reads a recording from disk, two batches in memory at a time. A file that was cut or damaged anywhere gives every
// whole batch, and End says what is wrong.
type File struct {
	name    string
	closer  io.Closer
	frames  frames
	decoder *decoder
	header  Header
	end     End

	now, ahead *contents // the batch being read and the one after it, whose late marks belong here
	row        int
	marks      []Mark
	tail       tail
}

// Open opens a recording. It fails when the file cannot be read at all: ErrNotRecording, ErrVersion, ErrHeader or what the
// system says. Damage behind the header does not fail Open; End tells of it.
func Open(path string) (*File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = fmt.Errorf("%s is a directory, give the file of a recording", path)
	}
	if err != nil {
		file.Close() //nolint:errcheck // only read
		return nil, fmt.Errorf("recording: %w", err)
	}
	f, err := open(file, info.Size(), path)
	if err != nil {
		file.Close() //nolint:errcheck // only read
		return nil, err
	}
	f.closer = file
	f.end.Open = locked(file)
	return f, nil
}

// open reads the header of a recording of known size.
func open(r io.ReaderAt, size int64, name string) (*File, error) {
	f := &File{name: name, frames: frames{file: r, size: size}, now: &contents{}, ahead: &contents{}, end: End{Last: -1}}
	if size == 0 {
		return nil, fmt.Errorf("recording: %s is empty: %w", name, ErrNotRecording)
	}
	m, err := f.frames.next(maxSchema)
	if err != nil || m.Type() != ipc.MessageSchema {
		return nil, notRecording(name, err)
	}
	// The message lives in the buffers of frames; the schema is needed again after damage.
	schema, err := message(append([]byte(nil), f.frames.meta...), nil)
	if err != nil {
		return nil, notRecording(name, err)
	}
	decoder, table, err := newDecoder(schema)
	if err != nil {
		return nil, notRecording(name, err)
	}
	if f.header, err = headerOf(table, name); err != nil {
		return nil, err
	}
	if err := decoder.match(table); err != nil {
		return nil, fmt.Errorf("recording: %s: %w: %w", name, ErrHeader, err)
	}
	f.decoder = decoder
	f.fill(f.ahead)
	return f, nil
}

func notRecording(name string, err error) error {
	switch {
	case errors.Is(err, errCut):
		return fmt.Errorf("recording: %s ends within its header: %w", name, ErrNotRecording)
	case err == nil || errors.Is(err, errFrame) || errors.Is(err, errEnd):
		return fmt.Errorf("recording: %s: %w: it does not begin with an Arrow schema", name, ErrNotRecording)
	}
	return fmt.Errorf("recording: %s: %w: %w", name, ErrNotRecording, err)
}

// headerOf reads the header out of the schema's metadata.
func headerOf(s *arrow.Schema, name string) (Header, error) {
	var h Header
	meta := s.Metadata()
	if v, _ := meta.GetValue(keyFormat); v != formatName {
		return h, fmt.Errorf("recording: %s: %w: its %s is %q, want %q", name, ErrNotRecording, keyFormat, v, formatName)
	}
	if v, _ := meta.GetValue(keyVersion); v != formatVersionText {
		return h, fmt.Errorf("recording: %s: %w: version %q, this program reads %s: use the program that made it",
			name, ErrVersion, v, formatVersionText)
	}
	text, _ := meta.GetValue(keyHeader)
	want, _ := meta.GetValue(keyHeaderCheck)
	if got := headerCheck([]byte(text), s.Fields()); got != want {
		return h, fmt.Errorf("recording: %s: %w: it sums to %s, its check says %s", name, ErrHeader, got, want)
	}
	if err := json.Unmarshal([]byte(text), &h); err != nil {
		return h, fmt.Errorf("recording: %s: %w: %w", name, ErrHeader, err)
	}
	return h, nil
}

// Header is what must be known to run the recording again.
func (f *File) Header() Header { return f.header }

// Next moves to the next row and reports whether there is one.
func (f *File) Next() bool {
	f.marks = f.marks[:0]
	from := 0
	if f.row > 0 {
		from = f.now.before[f.row-1]
	}
	for f.row == len(f.now.rows) {
		f.marks = append(f.marks, f.now.marks[from:]...)
		if from = 0; !f.advance() {
			return false
		}
	}
	f.marks = append(f.marks, f.now.marks[from:f.now.before[f.row]]...)
	f.row++
	f.end.count(f.now.rows[f.row-1].Tick)
	return true
}

// Row is the current row, valid until the next Next.
func (f *File) Row() *Row { return &f.now.rows[f.row-1] }

// Marks are those that stand before the current row, or after the last one.
func (f *File) Marks() []Mark { return f.marks }

// End says where and why the recording ends; it is complete once Next was false.
func (f *File) End() End {
	e := f.end
	e.Refused = append([]int64(nil), e.Refused...)
	return e
}

// Close releases the file.
func (f *File) Close() error {
	if f.closer == nil {
		return nil
	}
	return f.closer.Close()
}
