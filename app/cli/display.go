package cli

import (
	"os"
	"runtime"
)

// hasDisplay reports whether a window can open: always on Windows and macOS, elsewhere when a display is named.
func hasDisplay() bool {
	switch runtime.GOOS {
	case "windows", "darwin":
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}
