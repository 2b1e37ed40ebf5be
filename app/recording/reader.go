package recording

// Reader gives the rows and marks of a run in the order of their ticks, from a file or from memory.
//
//	for r.Next() {
//		for _, m := range r.Marks() { ... } // made at the tick of this row, or since the row before
//		row := r.Row()
//	}
//	for _, m := range r.Marks() { ... } // made after the last row
//	end := r.End()
//
// One goroutine at a time.
type Reader interface {
	Header() Header
	// Next moves to the next row and reports whether there is one.
	Next() bool
	// Row is the current row, valid until the next Next.
	Row() *Row
	// Marks are those that stand before the current row; after Next was false, those that follow the last row. Valid
	// until the next Next.
	Marks() []Mark
	// End says where and why the run ends; it is complete once Next was false.
	End() End
	Close() error
}

var (
	_ Reader = (*File)(nil)
	_ Reader = (*memoryReader)(nil)
)

// End is where and why a recording ends.
type End struct {
	Clean   bool    // closed by its writer, and everything in it is whole
	Ticks   int64   // rows delivered
	Last    int64   // tick of the last row, -1 when there is none
	Missing int64   // ticks absent between the first and the last row: dropped, or in a refused batch
	Reason  string  // one line for a person
	Footer  *Footer // nil without a closing record
	Batches int64   // whole batches delivered, the first, empty one too
	Refused []int64 // batches that are damaged, by number; not delivered
	Open    bool    // a program is still recording into the file
}

// Whole reports whether nothing is missing, so that the run can be graded and replayed.
func (e End) Whole() bool {
	return e.Clean && e.Missing == 0 && e.Footer != nil && e.Footer.Loop.Dropped == 0
}

// count takes note of one delivered row.
func (e *End) count(tick int64) {
	if e.Ticks > 0 && tick > e.Last+1 {
		e.Missing += tick - e.Last - 1
	}
	e.Ticks++
	e.Last = tick
}
