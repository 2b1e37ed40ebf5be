package recording

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// stop gives up recording after a failed write: whole batches stay, the torn one is cut off. The run goes on without.
func (w *Writer) stop(cause error) {
	if w.stopped.Swap(true) {
		return
	}
	err := fmt.Errorf("recording: %s stopped after %d ticks (%w): the run goes on, what was written until then is kept; %s",
		w.name, w.written, cause, remedy(cause))
	w.fail(err)
	w.cut()
	w.tellWhy(cause)
	if w.onStop != nil {
		w.onStop(err)
	}
}

// cut takes a torn batch off the end of the file. Where that fails too the reader refuses the torn batch.
func (w *Writer) cut() {
	_ = w.file.Truncate(w.size)
	_ = w.file.Sync()
}

// tellWhy leaves the cause in the file if a small batch still fits.
func (w *Writer) tellWhy(cause error) {
	text, _ := json.Marshal(stopped{Cause: cause.Error()}) // a string always has JSON
	b, err := w.encoder.encode(nil, []Mark{{Tick: w.last, Kind: KindStopped, JSON: string(text)}})
	if err == nil {
		err = w.put(b, true)
	}
	if err != nil {
		w.cut()
	}
}

// stopped is the value of a mark of that kind.
type stopped struct {
	Cause string `json:"cause"`
}

// fail remembers the first error.
func (w *Writer) fail(err error) { w.failure.CompareAndSwap(nil, &err) }

// remedy says what a person can do about a failed file operation.
func remedy(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "the disk is full, free some space"
	case errors.Is(err, syscall.EROFS):
		return "the disk is read-only, choose another directory"
	case errors.Is(err, fs.ErrPermission):
		return "writing is not permitted there, choose another directory"
	case errors.Is(err, syscall.EIO):
		return "the disk failed, choose another one"
	}
	return "choose another place for the recording"
}
