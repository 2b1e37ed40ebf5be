package validate

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Options of a run.
type Options struct {
	Only     []string                      // ids, in any case; empty = all
	Quick    bool                          // only the rows that need no crowd of virtual people
	People   int                           // virtual people of a statistical row, 0 = 500
	Jobs     int                           // how many at a time, 0 = as many as there are processors; does not change any result
	Progress func(done, of int, id string) // told when a row begins, and at the end; one call at a time
	Row      func(r *Row)                  // told each row as it is finished, in whatever order; one call at a time
}

// spec is a row before it has been run.
type spec struct {
	id, input, published, source string
	quick                        bool
	why                          string
	run                          func(*lab, *Row) error
}

// lab is what the rows share: how many people there are, and what has been run already.
type lab struct {
	ctx    context.Context
	people int
	jobs   int
	shared sync.Map // key to *once
}

type once struct {
	sync.Once
	value any
	err   error
}

// share runs f once for all rows that want it.
func shared[T any](l *lab, key string, f func() (T, error)) (T, error) {
	x, _ := l.shared.LoadOrStore(key, &once{})
	o := x.(*once)
	o.Do(func() { o.value, o.err = f() })
	if o.err != nil {
		var zero T
		return zero, o.err
	}
	return o.value.(T), nil
}

// Run computes the rows; it returns them in the order of the table. The context ends it early with its error. It answers the
// same for the same program, whatever the number of jobs.
func Run(ctx context.Context, o Options) ([]Row, error) {
	specs, err := chosen(o)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	l := &lab{ctx: ctx, people: o.People, jobs: o.Jobs}
	if l.people <= 0 {
		l.people = 500
	}
	if l.jobs <= 0 {
		l.jobs = runtime.GOMAXPROCS(0)
	}
	t := teller{Options: o, of: len(specs)}
	rows := make([]Row, len(specs))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(atOnce, l.jobs) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(specs) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				t.begin(specs[i].id)
				if err := l.row(&specs[i], &rows[i]); err != nil {
					cancel(fmt.Errorf("validate: %s: %w", specs[i].id, err))
					return
				}
				t.end(&rows[i])
			}
		})
	}
	wait.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	t.begin("")
	return rows, nil
}

// atOnce is how many rows are computed side by side: while one is a single long computation, or ends with its slowest
// person, another has work for the other processors.
const atOnce = 2

// row computes one row.
func (l *lab) row(s *spec, r *Row) error {
	*r = Row{ID: s.id, Input: s.input, Published: s.published, Source: s.source, Why: s.why}
	if err := s.run(l, r); err != nil {
		return err
	}
	r.decide()
	return nil
}

// teller tells what is going on, one call at a time.
type teller struct {
	Options
	sync.Mutex
	done, of int
}

func (t *teller) begin(id string) {
	t.Lock()
	defer t.Unlock()
	if t.Progress != nil {
		t.Progress(t.done, t.of, id)
	}
}

func (t *teller) end(r *Row) {
	t.Lock()
	defer t.Unlock()
	t.done++
	if t.Row != nil {
		t.Row(r)
	}
}

// IDs are the rows there are, in order.
func IDs() []string {
	var out []string
	for _, s := range table() {
		out = append(out, s.id)
	}
	return out
}

func chosen(o Options) ([]spec, error) {
	all := table()
	for _, id := range o.Only {
		if !slices.ContainsFunc(all, func(s spec) bool { return strings.EqualFold(s.id, id) }) {
			return nil, fmt.Errorf("validate: there is no row %q; use one of %s to %s", id, all[0].id, all[len(all)-1].id)
		}
	}
	var out []spec
	for _, s := range all {
		named := slices.ContainsFunc(o.Only, func(id string) bool { return strings.EqualFold(s.id, id) })
		if (len(o.Only) == 0 || named) && (!o.Quick || s.quick) {
			out = append(out, s)
		}
	}
	return out, nil
}

// each calls f for 1..n on several goroutines and returns the results in order. The argument is also the seed.
func each[T any](l *lab, n int, f func(seed uint64) (T, error)) ([]T, error) {
	out := make([]T, n)
	errs := make([]error, l.jobs)
	var next atomic.Int64
	var wait sync.WaitGroup
	for j := range l.jobs {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || l.ctx.Err() != nil || errs[j] != nil {
					return
				}
				out[i], errs[j] = f(uint64(i) + 1)
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, l.ctx.Err()
}

// crowd marks a row as made of n people with the seeds 1..n.
func (r *Row) crowd(n int) {
	r.N, r.Seeds = n, fmt.Sprintf("1..%d", n)
}

// add appends checks.
func (r *Row) add(c ...Check) { r.Checks = append(r.Checks, c...) }
