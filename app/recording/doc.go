// Package recording is the session file: one run at 1 kHz as an Apache Arrow IPC stream, a batch each 250 ms, fsynced.
// A file cut anywhere opens up to its last whole batch and says where and why it ends. The format is docs/recording.md.
//
//	w, err := recording.Create(path, header)
//	w.Tick(&row)            // from the servo: into a ring, never blocks
//	w.Mark(recording.Mark{...})
//	err = w.Close(footer)
//
//	r, err := recording.Open(path)
//	for r.Next() { row := r.Row() }
//	end := r.End()
//
// The package deliberately does not know what a grade is.
package recording
