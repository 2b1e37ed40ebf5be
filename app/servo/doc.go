// Package servo is the second process of the program and the window's end of it. The window draws, and its garbage
// collector would make a 1 kHz loop in the same process wait 33 ms; so the loop, the leg, the physics, the governor and
// the recorder live alone in `osseo servo`, the same executable without a window.
//
//	client, err := servo.Start(ctx, nil)        // osseo servo, a trial.Station
//	opened, err := client.Begin(trial.Setup{CaseRef: "adult-arrest", Hand: "live", Record: path})
//	client.Intent().SetEffort(40)               // seen at the next tick
//	client.Snapshot(&now)                       // the newest tick, 0.1 us
//	closed, err := client.Finish(servo.Finished)
//
// # Two links
//
// Shared memory carries what must be fast or new; the control channel what must be in order and answered.
//
// The memory has no name (a memfd, an unlinked file of mode 0600, or a section of the page file); the servo inherits it
// and is told where by --memory. It is 64-bit words, each read and written atomically:
//
//	header     mark, version, layout fingerprint, size, nonce      window, once
//	intent     virtual.Intent                                      window, whenever the hand moves
//	snapshot   its number, and two slots of trial.Snapshot         servo, each tick
//	ring       base, head, 8192 of trial.Point                     servo, each tick
//
// A snapshot is written to the slot that is not the newest and then numbered; a reader copies the newest slot and looks
// at the number again. A writer never waits, and one that is killed half way leaves the tick before whole. The ring has
// one producer; a reader drops what was overwritten while it copied. The fingerprint hashes name, type and place of every
// field, so that two builds cannot disagree silently: the servo refuses to start, the window says which build is wrong.
//
// The channel is the servo's standard input and output, one JSON document a line, at most 1 MB:
//
//	{"id":1,"do":"begin","setup":{...},"case_text":"..."}      {"id":1,"opened":{...}}
//	{"id":2,"do":"act","action":{...}}                         {"id":2,"observation":{...}}
//	{"id":3,"do":"finish","reason":"finished"}                 {"id":3,"closed":{...}}
//	{"id":4,"do":"arm"}  {"id":5,"do":"halt"}  {"id":6,"do":"ping"}
//	                                                           {"id":4}  {"id":5}  {"id":6,"error":"what, and what to do"}
//	                                                           {"hello":{...}} first, {"event":{...}} any time
//
// Begin, act, arm and finish are done one after another; halt and ping are answered at once. A line that is no request is
// refused and changes nothing; a line without end is treated like a window that is gone. Events wait in a queue of 1024;
// what does not fit is counted and said. The loop never waits for the window.
//
// # Who may die
//
// The end of standard input is how the servo learns that the window is gone, however it went; SIGTERM, SIGINT and SIGHUP
// are the same. Force ramps to zero at once, an open recording is closed with reason "window-gone", the process exits,
// after five seconds at the latest. The servo asks for no signal at the death of its parent: that would end it in the
// middle of the ramp.
//
// When the servo is gone the window gets the event "ended", "servo-gone" with the cause (the exit status and the panic or
// last line of its standard error) within 100 ms, and every call returns ErrGone. A servo that is merely late makes calls
// return ErrTimeout; half a second without a tick is told as "servo-stalled" and its end as "servo-resumed". An answer
// that comes after its call has given up is told as "late-answer". Begin that timed out is abandoned; Finish that timed
// out can be asked again, at the latest when the event "graded" comes.
//
// # Memory
//
// Garbage collection is off while a case is open, under a limit on the heap; it runs between cases. Publishing a tick
// does not allocate.
//
// The package deliberately knows nothing of bones and cases: it drives the Runner it declares, and live.go joins that to
// package trial.
package servo
