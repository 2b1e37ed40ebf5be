package recording

import (
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// Limits of the framing; a file that asks for more is damaged.
const (
	maxHeader    = 2 << 20  // bytes of the header, with the case file in it
	maxSchema    = 4 << 20  // bytes of the schema message
	maxBatchMeta = 32 << 10 // bytes of a batch's metadata; ours have about 4 KB
	maxBody      = 4 << 20  // bytes of a batch's body; ours have about 60 KB
	maxSearch    = 100_000  // places tried when looking for the next whole batch
	searchWindow = 64 << 10
)

const continuation = 0xFFFFFFFF

var (
	errCut    = errors.New("cut")    // the file ends within a message
	errFrame  = errors.New("damage") // what stands here is no message
	errEnd    = errors.New("end")    // the end-of-stream marker
	errNoMore = io.EOF               // the file ends between messages
)

// frames walks the messages of an Arrow stream in a file of known size.
type frames struct {
	file   io.ReaderAt
	size   int64
	offset int64
	head   [8]byte
	meta   []byte
	body   []byte
}

// next reads the message at offset and moves behind it. The message is valid until the next call.
func (f *frames) next(metaLimit int) (*ipc.Message, error) {
	if f.offset >= f.size {
		return nil, errNoMore
	}
	metaLen, err := f.prefix(metaLimit)
	if err != nil {
		return nil, err
	}
	at := f.offset + 8
	if f.meta, err = f.read(f.meta, at, int64(metaLen)); err != nil {
		return nil, err
	}
	if err := verifyMessage(f.meta); err != nil {
		return nil, err
	}
	bodyLen, err := bodyLength(f.meta)
	if err != nil {
		return nil, err
	}
	at += int64(metaLen)
	if f.body, err = f.read(f.body, at, bodyLen); err != nil {
		return nil, err
	}
	m, err := message(f.meta, f.body)
	if err != nil {
		return nil, err
	}
	f.offset = at + bodyLen
	return m, nil
}

// prefix reads the marker and the length that begin a message.
func (f *frames) prefix(limit int) (int, error) {
	n, err := f.file.ReadAt(f.head[:min(8, f.size-f.offset)], f.offset)
	if n >= 4 && little.Uint32(f.head[:]) != continuation {
		return 0, errFrame
	}
	if n < 8 {
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		return 0, errCut
	}
	length := little.Uint32(f.head[4:])
	if length == 0 {
		return 0, errEnd
	}
	if length > uint32(limit) || length%8 != 0 {
		return 0, errFrame
	}
	return int(length), nil
}

// read fills dst with n bytes of the file from at on.
func (f *frames) read(dst []byte, at, n int64) ([]byte, error) {
	if n > f.size-at {
		return dst, errCut
	}
	if int64(cap(dst)) < n {
		dst = make([]byte, n, n+n/4)
	}
	dst = dst[:n]
	if n == 0 {
		return dst, nil
	}
	if got, err := f.file.ReadAt(dst, at); int64(got) < n {
		if err == nil || errors.Is(err, io.EOF) {
			return dst, errCut
		}
		return dst, err
	}
	return dst, nil
}

// bodyLength reads out of a message's metadata how long its body is.
func bodyLength(meta []byte) (n int64, err error) {
	defer damaged(&err)
	n = ipc.NewMessage(memory.NewBufferBytes(meta), memory.NewBufferBytes(nil)).BodyLen()
	if n < 0 || n > maxBody || n%8 != 0 {
		return 0, errFrame
	}
	return n, nil
}

func message(meta, body []byte) (m *ipc.Message, err error) {
	defer damaged(&err)
	m = ipc.NewMessage(memory.NewBufferBytes(meta), memory.NewBufferBytes(body))
	if t := m.Type(); t != ipc.MessageSchema && t != ipc.MessageRecordBatch {
		return nil, errFrame
	}
	return m, nil
}

// damaged turns a panic of the Arrow code over damaged bytes into an error.
func damaged(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%w: %v", errFrame, p)
	}
}

// search moves to the next place that looks like a batch and reports whether there is one. Messages begin at multiples of
// eight.
func (f *frames) search() (found bool, err error) {
	window := make([]byte, searchWindow)
	tried := 0
	for at := f.offset - f.offset%8 + 8; at+8 <= f.size; {
		n, err := f.file.ReadAt(window[:min(searchWindow, f.size-at)], at)
		if n < 8 {
			if err == nil || errors.Is(err, io.EOF) {
				err = nil
			}
			return false, err
		}
		for i := 0; i+8 <= n; i += 8 {
			if little.Uint32(window[i:]) != continuation {
				continue
			}
			if tried++; tried > maxSearch {
				return false, nil
			}
			if f.looksWhole(at + int64(i)) {
				f.offset = at + int64(i)
				return true, nil
			}
		}
		at += int64(n - n%8)
	}
	return false, nil
}

// looksWhole reports whether a whole batch, or the end of the stream, stands at a place.
func (f *frames) looksWhole(at int64) bool {
	probe := frames{file: f.file, size: f.size, offset: at, meta: f.meta, body: f.body}
	m, err := probe.next(maxBatchMeta)
	f.meta, f.body = probe.meta, probe.body
	if errors.Is(err, errEnd) {
		return at+8 == f.size
	}
	return err == nil && m.Type() == ipc.MessageRecordBatch
}
