// Package leg drives a mannequin leg on a serial port: it finds the port, names what is wrong with it, and is a
// haptics.Device on top of the frames of haptics/wire.
//
//	l, err := leg.Open("/dev/ttyACM0", leg.Options{})
//	var d *leg.Diagnosis
//	if errors.As(err, &d) { fmt.Print(d.Text()) } // what is wrong, and what to do about it
//	defer l.Close()
//
// Three goroutines serve a link: the reader decodes states into a slot where the newest wins, the writer sends everything
// that may wait, the keeper opens a port again that went away. Exchange writes its command by itself where the port takes
// it without waiting, and otherwise leaves it in a slot to the writer, because the serial library's Write blocks without
// limit when the far end stops reading. It never waits, locks or allocates, unless the
// leg is emulated and its clock goes by steps (Options.Stepped).
//
// The package is the only importer of the serial library. It does not judge forces (haptics.Governor does, and the firmware
// again) and does not arm by itself, least of all after a reconnection.
package leg
