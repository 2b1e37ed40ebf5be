package emulator

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// building lets one goroutine build at a time.
var building sync.Mutex

// Firmware returns the path of the emulated leg's firmware, building it when it is missing or older than its sources.
func Firmware(ctx context.Context) (string, error) {
	if named := os.Getenv("OSSEO_FIRMWARE"); named != "" {
		return named, nil
	}
	if self, err := os.Executable(); err == nil {
		for _, p := range []string{"emu.elf", filepath.Join("firmware", "emu.elf")} {
			if p = filepath.Join(filepath.Dir(self), p); exists(p) {
				return p, nil
			}
		}
	}
	root := sourceTree()
	if root == "" {
		return "", fmt.Errorf("emulator: no emu.elf beside the program and no source tree around: set OSSEO_FIRMWARE to the file that make firmware builds")
	}
	elf := filepath.Join(root, "bin", "firmware", "emu.elf")
	building.Lock()
	defer building.Unlock()
	if newer(elf, filepath.Join(root, "haptics", "firmware")) {
		return elf, nil
	}
	if _, err := exec.LookPath("arm-none-eabi-gcc"); err != nil {
		return "", fmt.Errorf("emulator: %s is missing or old and arm-none-eabi-gcc is not installed: run tools/setup.sh, then make firmware", elf)
	}
	cmd := exec.CommandContext(ctx, "make", "-s", "-C", filepath.Join(root, "haptics", "firmware"), "emu")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("emulator: make firmware: %w\n%s", err, out)
	}
	return elf, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// sourceTree returns the root of this module around the working directory, or nothing.
func sourceTree() string {
	dir, err := os.Getwd()
	for err == nil {
		if b, readErr := os.ReadFile(filepath.Join(dir, "go.mod")); readErr == nil && strings.HasPrefix(string(b), "module osseo\n") {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return ""
}

// newer reports whether file is there and no older than every source below dir that the emulator is built from.
func newer(file, dir string) bool {
	info, err := os.Stat(file)
	if err != nil {
		return false
	}
	latest := time.Time{}
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch filepath.Ext(path) {
		case ".c", ".h", ".ld", "":
			if i, err := d.Info(); err == nil && i.ModTime().After(latest) {
				latest = i.ModTime()
			}
		}
		return nil
	})
	return !latest.After(info.ModTime())
}
