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
	Only     []string // ids, in any case; empty = all
	Quick    bool     // only the rows that need no crowd of virtual people
	People   int      // virtual people of a statistical row, 0 = 500
	Jobs     int      // how many at a time, 0 = as many as there are processors; does not change any result
	Progress func(done, of int, id string)
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

// Run computes the rows in the order of the table. The context ends it early with its error. It answers the same for the
// same program, whatever the number of jobs.
func Run(ctx context.Context, o Options) ([]Row, error) {
	specs, err := chosen(o)
	if err != nil {
		return nil, err
	}
	l := &lab{ctx: ctx, people: o.People, jobs: o.Jobs}
	if l.people <= 0 {
		l.people = 500
	}
	if l.jobs <= 0 {
		l.jobs = runtime.GOMAXPROCS(0)
	}
	rows := make([]Row, len(specs))
	for i, s := range specs {
		if o.Progress != nil {
			o.Progress(i, len(specs), s.id)
		}
		r := Row{ID: s.id, Input: s.input, Published: s.published, Source: s.source, Why: s.why}
		if err := s.run(l, &r); err != nil {
			return nil, fmt.Errorf("validate: %s: %w", s.id, err)
		}
		r.decide()
		rows[i] = r
	}
	if o.Progress != nil {
		o.Progress(len(specs), len(specs), "")
	}
	return rows, ctx.Err()
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
