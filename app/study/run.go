package study

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"osseo/app/trial"
)

// Sink takes the rows of a study in their order, each once, from one goroutine at a time.
type Sink func(*Row) error

// Run does a study and sums it up. sink and progress may be nil; progress is told how many rows are done, from any
// goroutine. A cancelled context ends it: the rows done until then have gone to sink, the summary covers them, and the
// error says so.
func Run(ctx context.Context, p Plan, sink Sink, progress func(done int)) (*Summary, error) {
	p, do, err := p.worker()
	if err != nil {
		return nil, err
	}
	t := newTally(p)
	jobs, took, err := timed(ctx, p.N, p.Jobs, do, func(r *Row) error {
		t.add(r)
		if sink == nil {
			return nil
		}
		return sink(r)
	}, progress)
	return t.summary(jobs, took), err
}

// worker completes the plan and returns what does one row.
func (p Plan) worker() (Plan, func(context.Context, int) (*Row, error), error) {
	p, err := p.check()
	if err != nil {
		return p, nil, err
	}
	if p.Case == "" {
		return p, p.insert, nil
	}
	c, err := trial.LoadCase(p.Case)
	if err != nil {
		return p, nil, err
	}
	if p.Seed == 0 {
		p.Seed = c.Seed
	}
	if _, err := trial.Prepare(p.setupOf(c, 0)); err != nil {
		return p, nil, err
	}
	return p, func(ctx context.Context, i int) (*Row, error) { return p.play(ctx, c, i) }, nil
}

// timed is each with a default for jobs; it says how many ran at a time and how long it took, s.
func timed[T any](ctx context.Context, n, jobs int, do func(context.Context, int) (T, error), take func(T) error, progress func(int)) (int, float64, error) {
	if jobs == 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	began := time.Now()
	err := each(ctx, n, jobs, do, take, progress)
	return jobs, time.Since(began).Seconds(), err
}

// each does items 0..n-1 on some goroutines and hands the results to take in order. The first error, by order of items,
// ends it; so does ctx.
//
// Memory stays bounded: no goroutine runs more than ahead items before the oldest one that is not done.
func each[T any](ctx context.Context, n, jobs int, do func(context.Context, int) (T, error), take func(T) error, progress func(int)) error {
	const ahead = 64
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type slot struct {
		value T
		err   error
	}
	slots := make([]chan slot, min(n, ahead*jobs))
	for i := range slots {
		slots[i] = make(chan slot, 1)
	}
	room := make(chan struct{}, len(slots))
	var next, done atomic.Int64
	var workers sync.WaitGroup
	for range min(jobs, n) {
		workers.Go(func() {
			for {
				select {
				case room <- struct{}{}:
				case <-ctx.Done():
					return
				}
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				v, err := do(ctx, i)
				slots[i%len(slots)] <- slot{v, err}
				if now := done.Add(1); progress != nil && err == nil {
					progress(int(now))
				}
			}
		})
	}
	err := func() error {
		for i := range n {
			select {
			case s := <-slots[i%len(slots)]:
				if s.err != nil {
					return s.err
				}
				if err := take(s.value); err != nil {
					return err
				}
				<-room
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	}()
	cancel(err)
	workers.Wait()
	return err
}
