package servo

import (
	"sync"

	"osseo/app/trial"
)

// mailboxEvents is how many events wait for a window that does not take them; the oldest go first.
const mailboxEvents = 4096

// mailbox delivers events in order without making whoever puts them wait.
type mailbox struct {
	out chan trial.Event

	mu    sync.Mutex
	queue []trial.Event
	more  chan struct{} // holds one when the queue may have something
	quit  chan struct{}
	done  chan struct{}
}

func newMailbox() *mailbox {
	b := &mailbox{
		out: make(chan trial.Event, 64), more: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}),
	}
	go b.run()
	return b
}

func (b *mailbox) put(e trial.Event) {
	b.mu.Lock()
	if len(b.queue) == mailboxEvents {
		b.queue = append(b.queue[:0], b.queue[1:]...)
	}
	b.queue = append(b.queue, e)
	b.mu.Unlock()
	select {
	case b.more <- struct{}{}:
	default:
	}
}

func (b *mailbox) run() {
	defer close(b.done)
	defer close(b.out)
	for {
		for _, e := range b.take() {
			select {
			case b.out <- e:
			case <-b.quit:
				return
			}
		}
		select {
		case <-b.more:
		case <-b.quit:
			return
		}
	}
}

func (b *mailbox) take() []trial.Event {
	b.mu.Lock()
	defer b.mu.Unlock()
	taken := b.queue
	b.queue = nil
	return taken
}

// close ends delivery; what nobody took is lost. It must not be called twice.
func (b *mailbox) close() {
	close(b.quit)
	<-b.done
}
