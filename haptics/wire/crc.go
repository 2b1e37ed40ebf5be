package wire

// crc16 is CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, not reflected; of "123456789" 0x29B1.
func crc16(b []byte) uint16 {
	crc := uint16(0xFFFF)
	for _, x := range b {
		crc = crc<<8 ^ table16[byte(crc>>8)^x]
	}
	return crc
}

// crc8 is CRC-8/SAE-J1850: polynomial 0x1D, start and final xor 0xFF, not reflected; of "123456789" 0x4B. It has no factor
// in common with crc16, so that both together miss one random damage in 2^24.
func crc8(b []byte) uint8 {
	crc := uint8(0xFF)
	for _, x := range b {
		crc = table8[crc^x]
	}
	return crc ^ 0xFF
}

var (
	table16 = makeTable16(0x1021)
	table8  = makeTable8(0x1D)
)

func makeTable16(polynomial uint16) (t [256]uint16) {
	for i := range t {
		crc := uint16(i) << 8
		for range 8 {
			carry := crc >> 15
			crc = crc<<1 ^ carry*polynomial
		}
		t[i] = crc
	}
	return t
}

func makeTable8(polynomial uint8) (t [256]uint8) {
	for i := range t {
		crc := uint8(i)
		for range 8 {
			carry := crc >> 7
			crc = crc<<1 ^ carry*polynomial
		}
		t[i] = crc
	}
	return t
}
