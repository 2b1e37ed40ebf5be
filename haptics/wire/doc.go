// Package wire is the language between host and leg: frames, their checks and their fields. docs/wire.md is the
// specification; this package and haptics/firmware/core are its two implementations, held together by testdata/frames.txt.
//
//	b, err := (&wire.Command{Command: c}).Append(buffer[:0], sequence, micros)
//	port.Write(b)
//	for frame, rest, ok := decoder.Next(read); ok; frame, rest, ok = decoder.Next(rest) {
//		if state, err := wire.DecodeState(frame); err == nil { ... }
//	}
//
// Everything is pure and free of allocation. The package opens no port, keeps no time and starts nothing.
package wire
