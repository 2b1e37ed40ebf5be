package physics

// grain returns frozen texture at a place along a line, -1..1: value noise with a smooth blend, a pure function of seed and
// place, so that any tick rate meets the same bone. Does not allocate.
func grain(seed uint64, at float64) float64 {
	if at < -1e12 || at > 1e12 {
		return 0
	}
	i := int64(at)
	if at < 0 {
		i--
	}
	t := at - float64(i)
	a, b := speck(seed, i), speck(seed, i+1)
	return a + (b-a)*t*t*(3-2*t)
}

// speck hashes a lattice point to -1..1 (the finaliser of SplitMix64).
func speck(seed uint64, i int64) float64 {
	z := seed + uint64(i)*0x9e3779b97f4a7c15
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	z ^= z >> 31
	return float64(int64(z)) * (1.0 / (1 << 63))
}
