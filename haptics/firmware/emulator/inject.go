package emulator

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"osseo/haptics/wire"
)

// ParseInjection reads a fault injection as people write it: its name, then what it takes, e.g. "drop=10", "delay=10,5ms",
// "freeze=100ms", "encoder-jump=3mm", "sensor-stuck=0,200ms" (0 encoder, 1 load cell), "over-temperature=95", "reset".
func ParseInjection(text string) (wire.Inject, error) {
	name, arguments, _ := strings.Cut(strings.TrimSpace(text), "=")
	kind := slices.Index(wire.Injections(), name)
	if kind < 0 {
		return wire.Inject{}, fmt.Errorf("emulator: injection %q: one of %s", name, strings.Join(wire.Injections(), ", "))
	}
	i := wire.Inject{Kind: wire.Injection(kind)}
	words := strings.Split(arguments, ",")
	if arguments == "" {
		words = nil
	}
	var err error
	number := func(least, most int64, unit string, scale float64) int64 {
		if err != nil {
			return 0
		}
		if len(words) == 0 {
			err = fmt.Errorf("emulator: injection %q needs a number of %g to %g %s", name, float64(least)/scale, float64(most)/scale, unit)
			return 0
		}
		x, parseErr := strconv.ParseFloat(strings.TrimSuffix(words[0], unit), 64)
		if n := x * scale; parseErr != nil || !(n >= float64(least) && n <= float64(most)) {
			err = fmt.Errorf("emulator: injection %q: %q, allowed %g to %g %s", name, words[0], float64(least)/scale, float64(most)/scale, unit)
		}
		words = words[1:]
		return int64(x * scale)
	}
	switch i.Kind {
	case wire.InjectCorrupt, wire.InjectDrop, wire.InjectDuplicate:
		i.Count = uint16(number(1, 65535, "", 1))
	case wire.InjectDelay:
		i.Count = uint16(number(1, 65535, "", 1))
		i.Value = int32(number(0, 50e3, "ms", 1e3))
	case wire.InjectFreeze:
		i.Value = int32(number(0, 5e6, "ms", 1e3))
	case wire.InjectJump:
		i.Value = int32(number(-1e6, 1e6, "mm", 1e4))
	case wire.InjectStuck:
		i.Count = uint16(number(0, 1, "", 1))
		i.Value = int32(number(0, 5e6, "ms", 1e3))
	case wire.InjectHot:
		i.Value = int32(number(-128, 127, "", 1))
	}
	if err == nil && len(words) > 0 {
		err = fmt.Errorf("emulator: injection %q: %q is too much", name, strings.Join(words, ","))
	}
	if err != nil {
		return wire.Inject{}, err
	}
	return i, nil
}
