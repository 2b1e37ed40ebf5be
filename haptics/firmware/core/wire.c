#include "wire.h"

#include <string.h>

uint16_t wire_crc16(const uint8_t *b, size_t n)
{
	uint16_t crc = 0xFFFF;
	while (n--) {
		uint8_t x = (uint8_t)(crc >> 8) ^ *b++;
		x ^= x >> 4;
		crc = (uint16_t)((crc << 8) ^ (x << 12) ^ (x << 5) ^ x);
	}
	return crc;
}

uint8_t wire_crc8(const uint8_t *b, size_t n)
{
	static const uint8_t nibble[16] = {0x00, 0x1D, 0x3A, 0x27, 0x74, 0x69, 0x4E, 0x53,
					   0xE8, 0xF5, 0xD2, 0xCF, 0x9C, 0x81, 0xA6, 0xBB};
	uint8_t crc = 0xFF;
	while (n--) {
		crc ^= *b++;
		crc = (uint8_t)(crc << 4) ^ nibble[crc >> 4];
		crc = (uint8_t)(crc << 4) ^ nibble[crc >> 4];
	}
	return crc ^ 0xFF;
}

int wire_length(uint8_t type)
{
	switch (type) {
	case WIRE_HALT:
	case WIRE_CLEAR:
		return 0;
	case WIRE_SELF_TEST:
		return 2;
	case WIRE_HELLO:
	case WIRE_PING:
		return 4;
	case WIRE_ARM:
	case WIRE_STAGE:
		return 6;
	case WIRE_INJECT:
	case WIRE_ACK:
		return 8;
	case WIRE_RESULT:
		return 16;
	case WIRE_PONG:
	case WIRE_FAULT:
		return 20;
	case WIRE_GRIP:
		return 24;
	case WIRE_COMMAND:
	case WIRE_STATE:
	case WIRE_STATUS:
		return 28;
	case WIRE_LIMITS:
		return 48;
	case WIRE_IDENTITY:
		return 50;
	default:
		return -1;
	}
}

static size_t stuff(uint8_t *out, const uint8_t *in, size_t n)
{
	size_t code = 0, at = 1;
	out[0] = 1;
	for (size_t i = 0; i < n; i++) {
		if (in[i] == 0) {
			code = at;
			out[at++] = 1;
			continue;
		}
		out[at++] = in[i];
		out[code]++;
	}
	return at;
}

// unstuff works in place and returns the plain length, or 0 when b is no stuffing.
static size_t unstuff(uint8_t *b, size_t n)
{
	size_t out = 0;
	for (size_t in = 0; in < n;) {
		size_t code = b[in];
		if (code == 0 || code == 0xFF || in + code > n)
			return 0;
		if (in > 0)
			b[out++] = 0;
		memmove(b + out, b + in + 1, code - 1);
		out += code - 1;
		in += code;
	}
	return out;
}

size_t wire_write(uint8_t out[WIRE_MAX_FRAME], uint8_t type, uint8_t sequence, uint32_t time, const uint8_t *payload,
		  size_t n)
{
	if (n > WIRE_MAX_PAYLOAD)
		return 0;
	uint8_t plain[WIRE_MAX_PLAIN] = {WIRE_VERSION,	       type,
					 sequence,	       (uint8_t)time,
					 (uint8_t)(time >> 8), (uint8_t)(time >> 16),
					 (uint8_t)(time >> 24)};
	size_t end = WIRE_HEADER + n;
	if (n > 0)
		memcpy(plain + WIRE_HEADER, payload, n);
	plain[end] = wire_crc8(plain, end);
	end++;
	uint16_t crc = wire_crc16(plain, end);
	plain[end++] = (uint8_t)crc;
	plain[end++] = (uint8_t)(crc >> 8);
	size_t length = stuff(out, plain, end);
	out[length++] = 0;
	return length;
}

// judge checks what stood before a delimiter.
static bool judge(struct wire_decoder *d, size_t n, struct wire_frame *f)
{
	uint8_t *b = d->buffer;
	n = unstuff(b, n);
	if (n < WIRE_HEADER + WIRE_TRAILER || wire_crc16(b, n - 2) != (uint16_t)(b[n - 2] | b[n - 1] << 8) ||
	    wire_crc8(b, n - 3) != b[n - 3]) {
		d->damaged++;
		return false;
	}
	if (b[0] != WIRE_VERSION || wire_length(b[1]) < 0) {
		d->skipped++;
		return false;
	}
	f->type = b[1];
	f->sequence = b[2];
	f->time = (uint32_t)b[3] | (uint32_t)b[4] << 8 | (uint32_t)b[5] << 16 | (uint32_t)b[6] << 24;
	f->payload = b + WIRE_HEADER;
	f->length = (uint8_t)(n - WIRE_HEADER - WIRE_TRAILER);
	if (f->length != wire_length(f->type)) {
		d->damaged++;
		return false;
	}
	d->accepted++;
	return true;
}

bool wire_take(struct wire_decoder *d, uint8_t byte, struct wire_frame *f)
{
	if (byte != 0) {
		if (d->count < WIRE_MAX_FRAME - 1)
			d->buffer[d->count++] = byte;
		else
			d->overlong = true;
		return false;
	}
	size_t n = d->count;
	bool overlong = d->overlong;
	d->count = 0;
	d->overlong = false;
	if (overlong) {
		d->damaged++;
		return false;
	}
	return n > 0 && judge(d, n, f);
}

static void add(uint16_t *counter, unsigned n) { *counter = *counter + n > UINT16_MAX ? UINT16_MAX : (uint16_t)(*counter + n); }

bool wire_fresh(struct wire_sequence *s, const struct wire_frame *f)
{
	uint8_t step = (uint8_t)(f->sequence - s->number);
	uint32_t later = f->time - s->time;
	if (!s->began) {
		s->began = true;
		step = 1;
	} else if ((step == 0 && later == 0) || later >= 0x80000000u || (step >= 128 && later < 128000)) {
		add(&s->repeated, 1);
		return false;
	}
	add(&s->missing, (uint8_t)(step - 1));
	s->number = f->sequence;
	s->time = f->time;
	return true;
}
