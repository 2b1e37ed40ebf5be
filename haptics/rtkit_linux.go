package haptics

import (
	"context"
	"fmt"
	"time"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"
)

// The RealtimeKit daemon of a desktop session: it gives a thread SCHED_RR without privileges, to a process that has
// promised by RLIMIT_RTTIME not to run without pause.
const (
	kitName     = "org.freedesktop.RealtimeKit1"
	kitPath     = "/org/freedesktop/RealtimeKit1"
	kitPriority = 20                     // its usual greatest; a smaller one of the daemon wins
	kitRTTime   = 200_000                // us, the greatest it accepts
	kitPatience = 500 * time.Millisecond // a daemon that is slower is as good as none
)

// realtimeKit asks the daemon for a thread.
func realtimeKit(thread int) error {
	var limit unix.Rlimit
	if err := unix.Prlimit(0, unix.RLIMIT_RTTIME, nil, &limit); err != nil {
		return fmt.Errorf("read the promise to pause: %w", err)
	}
	limit = unix.Rlimit{Cur: min(limit.Cur, kitRTTime), Max: min(limit.Max, kitRTTime)}
	if err := unix.Prlimit(0, unix.RLIMIT_RTTIME, &limit, nil); err != nil {
		return fmt.Errorf("promise to pause: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), kitPatience)
	defer cancel()
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return fmt.Errorf("no system bus: %w", err)
	}
	defer bus.Close()
	kit := bus.Object(kitName, kitPath)
	priority := uint32(kitPriority)
	var most dbus.Variant
	err = kit.CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, kitName, "MaxRealtimePriority").Store(&most)
	if n, ok := most.Value().(int32); err == nil && ok && n > 0 {
		priority = min(priority, uint32(n))
	}
	return kit.CallWithContext(ctx, kitName+".MakeThreadRealtime", 0, uint64(thread), priority).Err
}
