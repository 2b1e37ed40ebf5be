//go:build !headless

package main

import (
	"context"
	"fmt"
	"os"

	"osseo/app/cli"
	"osseo/app/desktop"
	"osseo/app/servo"
	"osseo/app/trial"
	"osseo/haptics/virtual"
	"osseo/scenarios"
)

// window opens the desktop app and wires it to the rest of the program. Cases begin on device: virtual, emulated or a port.
func window(ctx context.Context, device string) error {
	exe, err := os.Executable()
	if err != nil {
		return fmt.Errorf("osseo: cannot find the program to start the servo with: %w", err)
	}
	deps := desktop.Deps{
		Version: trial.Build,
		Station: func() (trial.Station, *virtual.Intent, error) {
			c, err := servo.Start(ctx, []string{exe, "servo"})
			if err != nil {
				return nil, nil, err
			}
			return c, c.Intent(), nil
		},
		Cases:  scenarios.List(),
		Expert: trial.ExpertTrace,
		Report: report,
		Device: device,
		Save:   saveFile,
	}
	found := &legs{exe: exe}
	deps.Legs = found
	defer found.Release(trial.Emulated)
	shelf := openShelf(&deps)
	defer shelf.close()
	return desktop.Run(deps)
}

// report writes the report of a recording into dir and returns its first file.
func report(recording, dir string) (string, error) {
	files, err := cli.WriteReport(recording, dir)
	if err != nil || len(files) == 0 {
		return "", err
	}
	return files[0], nil
}
