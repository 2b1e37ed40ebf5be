// Frames between host and leg: docs/wire.md. Pure; no memory but what the caller gives.
#ifndef OSSEO_WIRE_H
#define OSSEO_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	WIRE_VERSION = 1,
	WIRE_MAX_FRAME = 64, // bytes on the wire, delimiter included
	WIRE_MAX_PAYLOAD = 52,
	WIRE_HEADER = 7,
	WIRE_TRAILER = 3,
	WIRE_MAX_PLAIN = WIRE_MAX_FRAME - 2,
};

enum wire_type {
	WIRE_HELLO = 0x01,
	WIRE_ARM = 0x02,
	WIRE_HALT = 0x03,
	WIRE_COMMAND = 0x04,
	WIRE_PING = 0x05,
	WIRE_SELF_TEST = 0x06,
	WIRE_INJECT = 0x07,
	WIRE_CLEAR = 0x08,
	WIRE_GRIP = 0x0A,
	WIRE_STAGE = 0x0B,
	WIRE_IDENTITY = 0x81,
	WIRE_LIMITS = 0x82,
	WIRE_ACK = 0x83,
	WIRE_STATE = 0x84,
	WIRE_PONG = 0x85,
	WIRE_RESULT = 0x86,
	WIRE_STATUS = 0x87,
	WIRE_FAULT = 0x88,
};

// A frame that passed every check. payload is valid until the next byte is taken.
struct wire_frame {
	uint8_t type;
	uint8_t sequence;
	uint8_t length; // of payload, bytes
	uint32_t time;  // sender's clock, us modulo 2^32
	const uint8_t *payload;
};

struct wire_decoder {
	uint8_t buffer[WIRE_MAX_FRAME];
	uint8_t count;
	bool overlong;
	uint32_t accepted, damaged, skipped; // frames
};

uint16_t wire_crc16(const uint8_t *b, size_t n);
uint8_t wire_crc8(const uint8_t *b, size_t n);

// wire_length returns the payload bytes of a type, or -1 for an unknown one.
int wire_length(uint8_t type);

// wire_write puts a whole frame into out and returns its length; 0 when the payload is too long.
size_t wire_write(uint8_t out[WIRE_MAX_FRAME], uint8_t type, uint8_t sequence, uint32_t time, const uint8_t *payload,
		  size_t n);

// wire_take takes one byte; true when it completes a frame that passes every check.
bool wire_take(struct wire_decoder *d, uint8_t byte, struct wire_frame *f);

// The sequence of one type of frame.
struct wire_sequence {
	bool began;
	uint8_t number;
	uint32_t time;
	uint16_t missing, repeated; // saturate
};

// wire_fresh reports whether f is newer than the last fresh one.
bool wire_fresh(struct wire_sequence *s, const struct wire_frame *f);

#endif
