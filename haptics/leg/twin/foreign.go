package twin

// foreign is the frame b as a leg of another protocol version would send it: whole to every check.
func foreign(b []byte, version uint8) []byte {
	plain := unstuff(b[:len(b)-1])
	plain[0] = version
	n := len(plain)
	plain[n-3] = crc8(plain[:n-3])
	sum := crc16(plain[:n-2])
	plain[n-2], plain[n-1] = byte(sum), byte(sum>>8)
	return append(stuff(plain), 0)
}

func unstuff(b []byte) (plain []byte) {
	for len(b) > 0 {
		n := int(b[0])
		plain = append(plain, b[1:n]...)
		if b = b[n:]; len(b) > 0 {
			plain = append(plain, 0)
		}
	}
	return plain
}

func stuff(plain []byte) []byte {
	out, at := []byte{1}, 0
	for _, x := range plain {
		if x == 0 {
			at = len(out)
			out = append(out, 1)
			continue
		}
		out = append(out, x)
		out[at]++
	}
	return out
}

func crc8(b []byte) (crc uint8) {
	crc = 0xFF
	for _, x := range b {
		crc ^= x
		for range 8 {
			crc = crc<<1 ^ crc>>7*0x1D
		}
	}
	return ^crc
}

func crc16(b []byte) (crc uint16) {
	crc = 0xFFFF
	for _, x := range b {
		crc ^= uint16(x) << 8
		for range 8 {
			crc = crc<<1 ^ crc>>15*0x1021
		}
	}
	return crc
}
