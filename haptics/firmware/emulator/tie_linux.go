package emulator

import (
	"os/exec"
	"syscall"
)

// tieToParent lets the kernel end QEMU when this process dies of anything.
func tieToParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
