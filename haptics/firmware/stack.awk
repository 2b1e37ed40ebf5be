# The deepest stack there can be, from GCC's call graphs (-fcallgraph-info=su): the longest way down from reset, and on top of
# it the deepest interrupt with the eight words the processor pushes. Calls through pointers may reach every function that
# nothing else calls, and from there once more those that call through none; library functions, which have no graph, are
# taken for LIBRARY bytes; one that calls itself does so once.
# Usage: awk -v board=NAME -v stack=BYTES -f stack.awk *.ci
BEGIN { LIBRARY = 64; FS = "\"" }

/^node:/ && match($0, /[0-9]+ bytes \(/) { own[$2] = substr($0, RSTART, RLENGTH) + 0 }
/^edge:/ && $2 != $4 { calls[$2] = calls[$2] SUBSEP $4; called[$4] = 1 }
/^edge:/ && $2 == $4 { twice[$2] = 1 }
/\(dynamic/ { print board ": a frame of no fixed size: " $2; exit failed = 1 }

function pointed(f) { return !(f in called) && !(f in root) }

function reaches(f,    names, n, i) { # a call through a pointer
	n = split(calls[f], names, SUBSEP)
	for (i = 2; i <= n; i++) if (names[i] == "__indirect_call" || reaches(names[i])) return 1
	return 0
}

function last(    f, d, most) {
	for (f in own) if (pointed(f) && !reaches(f) && (d = deepest(f)) > most) most = d
	return most
}

function deepest(f,    names, n, i, d, most, next_) {
	if (f in known) return known[f]
	if (f in busy && f == "__indirect_call") return last()
	if (f in busy) { print board ": " f " calls itself through others"; exit failed = 1 }
	busy[f] = 1
	if (f == "__indirect_call") {
		for (next_ in own) if (pointed(next_) && (d = deepest(next_)) > most) { most = d; via[f] = next_ }
	} else {
		n = split(calls[f], names, SUBSEP)
		for (i = 2; i <= n; i++) if ((d = deepest(names[i])) > most) { most = d; via[f] = names[i] }
	}
	delete busy[f]
	return known[f] = most + (f in own ? own[f] * (f in twice ? 2 : 1) : f == "__indirect_call" ? 0 : LIBRARY)
}

END {
	if (failed) exit 1
	root["reset"] = root["stuck"] = root["uart_irq"] = root["timer_irq"] = root["main"] = 1
	ways = deepest("reset")
	interrupt = deepest("uart_irq")
	if ("timer_irq" in own && deepest("timer_irq") > interrupt) interrupt = deepest("timer_irq")
	total = ways + interrupt + 32
	way = "reset"
	for (f = "reset"; f in via && !(f in shown); f = via[f]) { shown[f] = 1; way = way " > " via[f] }
	gsub(/[a-z0-9\/]*\.c:/, "", way)
	gsub(/__indirect_call/, "(pointer)", way)
	printf "%s: deepest stack there can be %d of %d bytes: %d of %s, %d of an interrupt\n", board, total, stack, ways, way, interrupt + 32
	if (total > stack) exit 1
}
