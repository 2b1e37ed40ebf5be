package trial

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// handPrefix marks the settings of a run that belong to the hand and not to the case.
const handPrefix = "hand."

// handKey is one setting of the simulated hand and person.
type handKey struct {
	name        string
	least, most float64
	what        string
}

var handKeys = []handKey{
	{"hand.tilt_deg", -60, 60, "tilt added towards distal, degrees"},
	{"hand.tilt_medial_deg", -60, 60, "tilt added towards medial, degrees"},
	{"hand.u_mm", -60, 60, "point aimed at, mm distal of the ideal one"},
	{"hand.v_mm", -40, 40, "mm medial of it"},
	{"hand.behind_leg", 0, 1, "the other hand is behind the leg, true or false"},
	{"hand.push_n", 1, 150, "push, N"},
	{"hand.feed_mm_s", 0, 50, "robot only: constant feed, mm/s"},
	{"hand.one_hand", 0, 1, "one hand only, true or false"},
	{"hand.braced", 0, 1, "two hands, true or false"},
}

// handValue reads one setting; absent is ok = false.
func handValue(set map[string]string, name string) (x float64, ok bool) {
	text, ok := set[name]
	if !ok {
		return 0, false
	}
	x, err := parseNumber(text)
	return x, err == nil
}

func parseNumber(text string) (float64, error) {
	switch text {
	case "true", "yes":
		return 1, nil
	case "false", "no":
		return 0, nil
	}
	return strconv.ParseFloat(text, 64)
}

// checkHandSet refuses unknown settings and values out of range.
func checkHandSet(set map[string]string) error {
	for name, text := range set {
		if !strings.HasPrefix(name, handPrefix) {
			continue
		}
		i := slices.IndexFunc(handKeys, func(k handKey) bool { return k.name == name })
		if i < 0 {
			return fmt.Errorf("trial: --set %s: unknown, allowed %s", name, strings.Join(handNames(), ", "))
		}
		k := handKeys[i]
		x, err := parseNumber(text)
		if err != nil || math.IsNaN(x) || x < k.least || x > k.most {
			return fmt.Errorf("trial: --set %s=%s: allowed %g..%g (%s)", name, text, k.least, k.most, k.what)
		}
	}
	return nil
}

func handNames() []string {
	var out []string
	for _, k := range handKeys {
		out = append(out, k.name)
	}
	return out
}
