//go:build race

package leg

func init() { raced = true }
