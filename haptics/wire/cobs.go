package wire

// appendStuffed appends src by consistent overhead byte stuffing: no zero in it, one byte longer. src is at most
// maxPlain bytes, so that one code byte reaches from zero to zero.
func appendStuffed(dst, src []byte) []byte {
	at := len(dst)
	dst = append(dst, 1)
	for _, x := range src {
		if x == 0 {
			at = len(dst)
			dst = append(dst, 1)
			continue
		}
		dst = append(dst, x)
		dst[at]++
	}
	return dst
}

// unstuff undoes appendStuffed in place and returns the plain bytes, or false when b is not the stuffing of anything
// this package sends. b holds no zero.
func unstuff(b []byte) ([]byte, bool) {
	out := 0
	for in := 0; in < len(b); {
		n := int(b[in])
		if n == 0 || n == 0xFF || in+n > len(b) {
			return nil, false
		}
		if in > 0 {
			b[out] = 0
			out++
		}
		out += copy(b[out:], b[in+1:in+n])
		in += n
	}
	return b[:out], true
}
