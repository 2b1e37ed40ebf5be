package validate

import (
	"slices"
	"strconv"
)

// table is every row, in the order of its number.
func table() []spec {
	var all []spec
	for _, rows := range [...]func() []spec{closedRows, geometryRows, fedRows, skateRows, deviceRows, rateRows, drillRows, flowRows, trainingRows, touchRows, afterRows} {
		all = append(all, rows()...)
	}
	slices.SortFunc(all, func(a, b spec) int { return ordinal(a.id) - ordinal(b.id) })
	return all
}

// ordinal is the number of a row.
func ordinal(id string) int {
	n, err := strconv.Atoi(id[1:])
	if err != nil {
		panic("validate: row " + id + " has no number")
	}
	return n
}
