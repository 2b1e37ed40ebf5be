package servo

import (
	"os"

	"golang.org/x/sys/unix"
)

// newMemoryFile makes a memfd that can neither shrink nor grow, or an unlinked file where the kernel refuses one.
func newMemoryFile(size int) (*os.File, error) {
	fd, err := unix.MemfdCreate("osseo-servo", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return newTempFile(size, "/dev/shm", os.Getenv("XDG_RUNTIME_DIR"), os.TempDir())
	}
	f := os.NewFile(uintptr(fd), "osseo-servo")
	if err = f.Truncate(int64(size)); err == nil {
		_, err = unix.FcntlInt(f.Fd(), unix.F_ADD_SEALS, unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_SEAL)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
