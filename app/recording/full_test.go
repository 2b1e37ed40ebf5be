package recording

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// smallDisk is a sink with room for so many bytes; a write that does not fit is torn, as a real disk tears it.
type smallDisk struct {
	memoryFile
	room     int
	noCut    bool
	syncFail int // the sync that fails, counting from 1; 0 = none
	syncs    int
}

func (d *smallDisk) Write(b []byte) (int, error) {
	if free := d.room - d.Len(); len(b) > free {
		n, _ := d.memoryFile.Write(b[:max(0, free)])
		return n, &os.PathError{Op: "write", Path: "run.osseo", Err: syscall.ENOSPC}
	}
	return d.memoryFile.Write(b)
}

func (d *smallDisk) Sync() error {
	if d.syncs++; d.syncs == d.syncFail {
		return &os.PathError{Op: "sync", Path: "run.osseo", Err: syscall.EIO}
	}
	return nil
}

func (d *smallDisk) Truncate(n int64) error {
	if d.noCut {
		return syscall.EIO
	}
	return d.memoryFile.Truncate(n)
}

// TestFullDisk fills the disk at many places: recording stops once, says so, keeps every whole batch, and the run goes on.
func TestFullDisk(t *testing.T) {
	whole := aShelf(t, 1000)
	for _, offline := range []bool{true, false} {
		for _, noCut := range []bool{false, true} {
			for room := int(whole.ends[1]); room < len(whole.bytes); room += 19_937 {
				name := fmt.Sprintf("offline %v, cut fails %v, room %d", offline, noCut, room)
				disk := &smallDisk{room: room, noCut: noCut}
				told := 0
				w, err := newWriter(disk, "run.osseo", aHeader(), Options{Offline: offline, OnStop: func(error) { told++ }})
				if err != nil {
					t.Fatal(err)
				}
				for i := range int64(1000) {
					r := aRow(i)
					w.Tick(&r)
				}
				err = w.Close(aFooter(1000))
				if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "the disk is full, free some space") || told != 1 || w.Err() != err {
					t.Fatalf("%s: err = %v, told %d times", name, err, told)
				}
				stored := 0 // rows in the batches that fit
				for i, end := range whole.ends[2:5] {
					if end <= int64(room) {
						stored = (i + 1) * batchRows
					}
				}
				e := readAll(disk.Bytes()).End()
				if e.Ticks < int64(stored) || e.Ticks != w.Durable() || e.Clean || e.Reason == "" {
					t.Fatalf("%s: %d ticks would fit, %+v", name, stored, e)
				}
				if !noCut && len(e.Refused) > 0 {
					t.Fatalf("%s: a torn batch was left behind: %+v", name, e)
				}
			}
		}
	}
}

func TestTheCauseIsLeftInTheFile(t *testing.T) {
	whole := aShelf(t, 1000)
	disk := &smallDisk{room: int(whole.ends[3]) + 8000}
	w, err := newWriter(disk, "run.osseo", aHeader(), Options{Offline: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range int64(1000) {
		r := aRow(i)
		w.Tick(&r)
	}
	w.Close(Footer{}) //nolint:errcheck // the disk is full
	e := readAll(disk.Bytes()).End()
	if want := "recording stopped after 500 ticks: write run.osseo: no space left on device"; e.Reason != want || e.Ticks != 500 {
		t.Errorf("%+v, want reason %q", e, want)
	}
}

func TestFailedSync(t *testing.T) {
	disk := &smallDisk{room: 1 << 30, syncFail: 3}
	w, err := newWriter(disk, "run.osseo", aHeader(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range int64(2000) {
		r := aRow(i)
		w.Tick(&r)
	}
	if err := w.Close(Footer{}); !errors.Is(err, syscall.EIO) || !strings.Contains(err.Error(), "the disk failed") {
		t.Errorf("err = %v", err)
	}
	if e := readAll(disk.Bytes()).End(); e.Ticks != 250 || w.Durable() != 250 {
		t.Errorf("%d durable, %+v", w.Durable(), e)
	}
}

func TestFullFromTheStart(t *testing.T) {
	if _, err := newWriter(&smallDisk{room: 100}, "run.osseo", aHeader(), Options{}); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("err = %v", err)
	}
}

// TestRealFullDisk does the same on a file system of 256 KB, where this may be mounted.
func TestRealFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("mounting a small file system needs root on Linux; TestFullDisk covers the logic")
	}
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("mount is not permitted here: %s; TestFullDisk covers the logic", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount %s: %s", dir, out)
		}
	})
	path := filepath.Join(dir, "run.osseo")
	stopped := make(chan error, 1)
	w, err := Create(path, aHeader(), Options{OnStop: func(err error) { stopped <- err }})
	if err != nil {
		t.Fatal(err)
	}
	for i := range int64(5000) {
		r := aRow(i)
		w.Tick(&r)
	}
	err = w.Close(aFooter(5000))
	if !errors.Is(err, syscall.ENOSPC) || !errors.Is(<-stopped, syscall.ENOSPC) {
		t.Fatalf("err = %v", err)
	}
	e := load(t, path).End()
	if e.Ticks < batchRows || e.Ticks != w.Durable() || len(e.Refused) > 0 || !strings.Contains(e.Reason, "no space left") {
		t.Errorf("%+v", e)
	}
	if next, err := Create(filepath.Join(dir, "next.osseo"), aHeader(), Options{}); err == nil {
		next.Close(Footer{}) //nolint:errcheck // an empty recording may just fit
	} else if !strings.Contains(err.Error(), "disk is full") {
		t.Errorf("err = %v", err)
	}
}
