package desktop

import (
	"errors"
	"fmt"
	"sync"

	"osseo/app/trial"
	"osseo/haptics/virtual"
	"osseo/scenarios"
)

// desk owns the station of one case. Requests are done one after the other off the window's goroutine, so that a servo that
// does not answer never freezes the window; a snapshot is taken only when no request is under way.
type desk struct {
	station trial.Station
	intent  *virtual.Intent
	opened  trial.Opened
	setup   trial.Setup

	using  sync.Mutex // the station is used by one at a time
	jobs   chan func()
	back   func(func()) // brings a result to the window's goroutine
	ended  bool         // finish was asked for
	closed chan struct{}
	inline bool // tests: requests are done where they are made
}

var errNoStation = errors.New("desktop: this build has no leg to run a case on; start the program from its own folder")

// openDesk starts a leg and opens a case on it. It waits; call it off the window's goroutine.
func openDesk(d *Deps, setup trial.Setup, back func(func())) (*desk, error) {
	if d.Station == nil {
		return nil, errNoStation
	}
	station, intent, err := d.Station()
	if err != nil {
		return nil, fmt.Errorf("desktop: no leg: %w", err)
	}
	opened, err := station.Begin(setup)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("desktop: case %s does not begin: %w", setup.CaseRef, err), station.Close())
	}
	if intent == nil {
		intent = new(virtual.Intent)
	}
	k := &desk{
		station: station, intent: intent, opened: opened, setup: setup, back: back,
		jobs: make(chan func(), 32), closed: make(chan struct{}),
	}
	go k.work()
	return k, nil
}

func (k *desk) work() {
	for job := range k.jobs {
		k.using.Lock()
		job()
		k.using.Unlock()
	}
	close(k.closed)
}

// act asks for one step of the procedure; done runs on the window's goroutine.
func (k *desk) act(a scenarios.Action, done func(scenarios.Observation, error)) {
	job := func() {
		seen, err := k.station.Act(a)
		k.back(func() { done(seen, err) })
	}
	if k.ended {
		return
	}
	if k.inline {
		job()
		return
	}
	select {
	case k.jobs <- job:
	default:
		done(scenarios.Observation{}, errors.New("desktop: the leg has not answered the last 32 requests"))
	}
}

// sample takes the newest tick and the ticks since the last one; it reports false when the station is busy.
func (k *desk) sample(s *trial.Snapshot, dst []trial.Point, since int64) ([]trial.Point, bool) {
	if !k.using.TryLock() {
		return dst, false
	}
	defer k.using.Unlock()
	k.station.Snapshot(s)
	return k.station.Trace(dst, since), true
}

// finish ends the case, grades it and closes the station; done runs on the window's
// goroutine. Later calls do nothing. It is called on the window's goroutine, like act.
func (k *desk) finish(reason string, done func(trial.Closed, error)) {
	if k.ended {
		return
	}
	k.ended = true
	k.letGo()
	job := func() {
		closed, err := k.station.Finish(reason)
		err = errors.Join(err, k.station.Close())
		k.back(func() { done(closed, err) })
	}
	if k.inline {
		close(k.jobs)
		job()
		return
	}
	k.jobs <- job
	close(k.jobs)
}

// rearm asks for the leg to be armed again; done runs on the window's goroutine.
func (k *desk) rearm(done func(error)) {
	r, ok := k.station.(trial.Rearmer)
	if !ok {
		done(errors.New("desktop: this leg cannot be armed again in the case; start the case again"))
		return
	}
	job := func() {
		err := r.Rearm()
		k.back(func() { done(err) })
	}
	if k.ended {
		return
	}
	if k.inline {
		job()
		return
	}
	select {
	case k.jobs <- job:
	default:
		done(errors.New("desktop: the leg has not answered the last 32 requests"))
	}
}

// letGo takes the hand off the tool.
func (k *desk) letGo() {
	k.intent.SetEffort(0)
	k.intent.SetTrigger(0)
	k.intent.SetTwist(0)
}

// wish passes on what the hand wants.
func (k *desk) wish(w wish) {
	k.intent.SetEffort(w.effort)
	k.intent.SetTwist(w.twist)
	k.intent.SetTilt(w.tilt, 0)
	k.intent.SetTrigger(w.trigger)
}
