// The frames of haptics/wire/testdata/frames.txt: read, taken apart, put together again.
#include <string.h>

#include "check.h"
#include "message.h"

static size_t unhex(const char *text, uint8_t *out)
{
	size_t n = 0;
	unsigned x;
	for (; *text != '-' && sscanf(text, "%2x", &x) == 1; text += 2)
		out[n++] = (uint8_t)x;
	return n;
}

#define FIELDS(...) snprintf(got, sizeof got, __VA_ARGS__)

// fields_read takes a payload the leg receives apart; false for those it only sends.
static int fields_read(uint8_t type, const uint8_t *p, char *out, size_t size)
{
	char got[512] = "-";
	struct hello h;
	struct arm a;
	struct command c;
	struct inject i;
	struct grip g;
	struct stage_order s;
	uint32_t token;
	uint16_t mask;
	switch (type) {
	case WIRE_HELLO:
		CHECK(read_hello(p, &h), "hello");
		FIELDS("%u,%u,%u", h.least, h.newest, h.nonce);
		break;
	case WIRE_ARM:
		CHECK(read_arm(p, &a), "arm");
		FIELDS("%u,%u", a.calibration, a.digest);
		break;
	case WIRE_HALT:
	case WIRE_CLEAR:
		break;
	case WIRE_COMMAND:
		CHECK(read_command(p, &c), "command");
		FIELDS("%d,%u,%u,%d,%u,%d,%d,%d,%u,%u,%u,%u,%u,%u,%u", c.force, c.stiffness, c.damping, c.anchor, c.most, c.torque,
		       c.lateral_u, c.lateral_v, c.tilt_stiffness, c.vibration, c.vibration_hz, c.kind, c.shot, c.amplitude, c.decay);
		break;
	case WIRE_PING:
		CHECK(read_ping(p, &token), "ping");
		FIELDS("%u", token);
		break;
	case WIRE_SELF_TEST:
		CHECK(read_self_test(p, &mask), "self-test");
		FIELDS("%u", mask);
		break;
	case WIRE_INJECT:
		CHECK(read_inject(p, &i), "inject");
		FIELDS("%u,%u,%d", i.kind, i.count, i.value);
		break;
	case WIRE_GRIP:
		CHECK(read_grip(p, &g), "grip");
		FIELDS("%d,%u,%u,%u,%d,%d,%d,%d,%d,%d,%u,%u", g.effort, g.mass, g.stiffness, g.damping, g.rest, g.twist_rate, g.tilt_x,
		       g.tilt_y, g.u, g.v, g.trigger, g.flags);
		break;
	case WIRE_STAGE:
		CHECK(read_stage(p, &s), "stage");
		FIELDS("%d,%u", s.position, s.flags);
		break;
	default:
		return 0;
	}
	snprintf(out, size, "%s", got);
	return 1;
}

// payload_written puts the fields of a frame the leg sends together.
static size_t payload_written(uint8_t type, const char *text, uint8_t *p)
{
	long long x[20] = {0};
	int n = 0;
	if (type != WIRE_IDENTITY)
		for (const char *at = text; at && n < 20; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
			x[n++] = atoll(at);
	switch (type) {
	case WIRE_STATE: {
		struct state s = {(uint8_t)x[0],  (int32_t)x[1],  (int32_t)x[2],  (int32_t)x[3],  (int16_t)x[4], (int16_t)x[5],
				  (int16_t)x[6],  (int16_t)x[7],  (uint8_t)x[8],  (int16_t)x[9],  (int16_t)x[10], (int16_t)x[11],
				  (uint8_t)x[12], (uint8_t)x[13], (uint8_t)x[14], (int8_t)x[15]};
		return write_state(p, &s);
	}
	case WIRE_LIMITS: {
		struct limits l = {(uint16_t)x[1], (uint16_t)x[2], (uint16_t)x[3],  (uint16_t)x[4],  (uint16_t)x[5],  (uint16_t)x[6],
				   (uint16_t)x[7], (uint16_t)x[8], (uint16_t)x[9],  (uint16_t)x[10], (uint32_t)x[11], (uint32_t)x[12],
				   (uint32_t)x[13], (int32_t)x[14], (int32_t)x[15], (uint32_t)x[16]};
		return write_limits(p, (uint16_t)x[0], &l);
	}
	case WIRE_ACK: {
		struct ack a = {(uint8_t)x[0], (uint8_t)x[1], (uint8_t)x[2], (uint8_t)x[3], (int32_t)x[4]};
		return write_ack(p, &a);
	}
	case WIRE_PONG: {
		struct pong m = {(uint32_t)x[0], (uint64_t)x[1], (uint64_t)x[2]};
		return write_pong(p, &m);
	}
	case WIRE_RESULT: {
		struct result r = {(uint8_t)x[0], (uint8_t)x[1], (uint8_t)x[2], (int32_t)x[3], (int32_t)x[4], (int32_t)x[5]};
		return write_result(p, &r);
	}
	case WIRE_STATUS: {
		struct status s = {(uint32_t)x[0], (uint32_t)x[1], (uint16_t)x[2], (uint16_t)x[3], (uint32_t)x[4],
				   (uint16_t)x[5], (uint16_t)x[6], (uint16_t)x[7], (uint16_t)x[8], (uint16_t)x[9], (uint16_t)x[10]};
		return write_status(p, &s);
	}
	case WIRE_FAULT: {
		struct fault f = {(uint8_t)x[0], (uint8_t)x[1], (uint8_t)x[2], (uint64_t)x[3], (int32_t)x[4], (int32_t)x[5]};
		return write_fault(p, &f);
	}
	case WIRE_IDENTITY: {
		struct identity i = {.nonce = 48879, .protocol = 1, .board = 1, .firmware = {1, 2, 3}, .capabilities = 4095};
		i.calibration = 16909060;
		unhex("dead00beef010203", i.build);
		unhex("0908070605040302", i.serial);
		memcpy(i.name, "emulated leg", 12);
		return write_identity(p, &i);
	}
	default:
		CHECK(0, "type %u has no writer here", type);
	}
	return 0;
}

static void line(char *text)
{
	char name[32], payload_hex[160], frame_hex[160], fields[300], got[512];
	unsigned type, sequence, time;
	uint8_t payload[WIRE_MAX_PAYLOAD], frame[WIRE_MAX_FRAME], out[WIRE_MAX_FRAME], mine[WIRE_MAX_PAYLOAD];
	CHECK(sscanf(text, "%31s %u %u %u %159s %159s %299s", name, &type, &sequence, &time, payload_hex, frame_hex, fields) == 7,
	      "%s", text);
	size_t n = unhex(payload_hex, payload), length = unhex(frame_hex, frame);
	size_t wrote = wire_write(out, (uint8_t)type, (uint8_t)sequence, time, payload, n);
	CHECK(wrote == length && memcmp(out, frame, length) == 0, "%s is written otherwise", name);
	struct wire_decoder d = {0};
	struct wire_frame f = {0};
	for (size_t i = 0; i < length; i++)
		CHECK(wire_take(&d, frame[i], &f) == (i == length - 1), "%s, byte %zu", name, i);
	CHECK(f.type == type && f.sequence == sequence && f.time == time && f.length == n && memcmp(f.payload, payload, n) == 0, "%s", name);
	if (fields_read(f.type, f.payload, got, sizeof got)) {
		CHECK(strcmp(got, fields) == 0, "%s: fields are %s, the file says %s", name, got, fields);
		return;
	}
	CHECK(payload_written(f.type, fields, mine) == n && memcmp(mine, payload, n) == 0, "%s is put together otherwise", name);
}

void test_golden(const char *path)
{
	FILE *file = fopen(path, "r");
	CHECK(file != NULL, "cannot read %s", path);
	char text[1024];
	int lines = 0;
	while (fgets(text, sizeof text, file))
		if (text[0] != '#')
			line(text), lines++;
	fclose(file);
	CHECK(lines >= 20, "%d golden frames", lines);
	const uint8_t digits[] = "123456789";
	CHECK(wire_crc16(digits, 9) == 0x29B1 && wire_crc8(digits, 9) == 0x4B, "check values");
	printf("golden: %d frames\n", lines);
}
