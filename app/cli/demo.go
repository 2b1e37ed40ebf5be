package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"osseo/app/trial"
)

// demoDir is where the demonstration leaves its recording and report.
const demoDir = "out"

// demo runs one case with a simulated hand, prints the graded result and writes the report: what `osseo` does without a
// display. On a leg it runs at the speed of the clock.
func demo(cmd *cobra.Command, device string) error {
	if err := os.MkdirAll(demoDir, 0o755); err != nil {
		return fmt.Errorf("no place for the report: %w", err)
	}
	file := filepath.Join(demoDir, time.Now().Format("20060102-150405.000")+".osseo")
	result, err := runTrial(cmd, trial.Setup{CaseRef: "adult-arrest", Hand: "expert", Device: device, Record: file}, false)
	if err != nil {
		return err
	}
	printResult(cmd.OutOrStdout(), result)
	files, err := writeReport(cmd.Context(), file, demoDir)
	if err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintln(cmd.OutOrStdout(), "Report:", f)
	}
	return nil
}
