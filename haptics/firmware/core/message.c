#include "message.h"

#include <string.h>

static uint16_t get16(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }
static uint32_t get32(const uint8_t *p) { return (uint32_t)get16(p) | (uint32_t)get16(p + 2) << 16; }

static uint8_t *put8(uint8_t *p, uint8_t x)
{
	*p = x;
	return p + 1;
}

static uint8_t *put16(uint8_t *p, uint16_t x) { return put8(put8(p, (uint8_t)x), (uint8_t)(x >> 8)); }
static uint8_t *put24(uint8_t *p, uint32_t x) { return put8(put16(p, (uint16_t)x), (uint8_t)(x >> 16)); }
static uint8_t *put32(uint8_t *p, uint32_t x) { return put16(put16(p, (uint16_t)x), (uint16_t)(x >> 16)); }
static uint8_t *put64(uint8_t *p, uint64_t x) { return put32(put32(p, (uint32_t)x), (uint32_t)(x >> 32)); }

static uint8_t *put_bytes(uint8_t *p, const void *b, size_t n)
{
	memcpy(p, b, n);
	return p + n;
}

// limit24 keeps x in what three bytes hold.
static uint32_t limit24(int32_t x)
{
	const int32_t most = (1 << 23) - 1;
	return (uint32_t)(x > most ? most : x < -most ? -most : x);
}

bool read_hello(const uint8_t *p, struct hello *m)
{
	m->least = p[0];
	m->newest = p[1];
	m->nonce = get16(p + 2);
	return m->least <= m->newest;
}

bool read_arm(const uint8_t *p, struct arm *m)
{
	m->calibration = get32(p);
	m->digest = get16(p + 4);
	return true;
}

bool read_command(const uint8_t *p, struct command *m)
{
	m->force = (int16_t)get16(p);
	m->stiffness = get16(p + 2);
	m->damping = get16(p + 4);
	m->anchor = (int32_t)get32(p + 6);
	m->most = get16(p + 10);
	m->torque = (int16_t)get16(p + 12);
	m->lateral_u = (int16_t)get16(p + 14);
	m->lateral_v = (int16_t)get16(p + 16);
	m->tilt_stiffness = get16(p + 18);
	m->vibration = get16(p + 20);
	m->vibration_hz = get16(p + 22);
	m->kind = p[24] & 0x0F;
	m->shot = p[24] >> 4;
	m->amplitude = get16(p + 25);
	m->decay = p[27];
	return true;
}

bool read_ping(const uint8_t *p, uint32_t *token)
{
	*token = get32(p);
	return true;
}

bool read_self_test(const uint8_t *p, uint16_t *mask)
{
	*mask = get16(p);
	return *mask != 0 && *mask <= 0xFF;
}

bool read_inject(const uint8_t *p, struct inject *m)
{
	m->kind = p[0];
	m->count = get16(p + 2);
	m->value = (int32_t)get32(p + 4);
	return p[1] == 0;
}

static bool angle(int16_t x) { return x >= -9000 && x <= 9000; }

bool read_grip(const uint8_t *p, struct grip *m)
{
	m->effort = (int16_t)get16(p);
	m->mass = get16(p + 2);
	m->stiffness = get16(p + 4);
	m->damping = get16(p + 6);
	m->rest = (int32_t)get32(p + 8);
	m->twist_rate = (int16_t)get16(p + 12);
	m->tilt_x = (int16_t)get16(p + 14);
	m->tilt_y = (int16_t)get16(p + 16);
	m->u = (int16_t)get16(p + 18);
	m->v = (int16_t)get16(p + 20);
	m->trigger = p[22];
	m->flags = p[23];
	return m->trigger <= 200 && m->flags < 16 && angle(m->tilt_x) && angle(m->tilt_y);
}

bool read_stage(const uint8_t *p, struct stage_order *m)
{
	m->position = (int32_t)get32(p);
	m->flags = p[4];
	return m->flags < 4 && p[5] == 0;
}

size_t write_state(uint8_t *p, const struct state *m)
{
	uint8_t *at = put8(p, m->answers);
	at = put24(at, limit24(m->position));
	at = put24(at, limit24(m->velocity));
	at = put24(at, (uint32_t)m->twist);
	at = put16(at, (uint16_t)m->tilt_x);
	at = put16(at, (uint16_t)m->tilt_y);
	at = put16(at, (uint16_t)m->u);
	at = put16(at, (uint16_t)m->v);
	at = put8(at, m->trigger);
	at = put16(at, (uint16_t)m->load);
	at = put16(at, (uint16_t)m->force);
	at = put16(at, (uint16_t)m->syringe);
	at = put8(at, m->switches);
	at = put8(at, (uint8_t)(m->mode << 5 | (m->fault & 0x1F)));
	at = put8(at, (uint8_t)m->temperature);
	return (size_t)(at - p);
}

size_t write_identity(uint8_t *p, const struct identity *m)
{
	uint8_t *at = put16(p, m->nonce);
	at = put8(at, m->protocol);
	at = put8(at, m->board);
	at = put_bytes(at, m->firmware, 3);
	at = put8(at, 0);
	at = put32(at, m->capabilities);
	at = put16(at, 0);
	at = put_bytes(at, m->build, 8);
	at = put32(at, m->calibration);
	at = put_bytes(at, m->serial, 8);
	at = put_bytes(at, m->name, 16);
	return (size_t)(at - p);
}

size_t write_limits(uint8_t *p, uint16_t nonce, const struct limits *m)
{
	uint8_t *at = put16(p, nonce);
	at = put16(at, m->force);
	at = put16(at, m->continuous);
	at = put16(at, m->lateral);
	at = put16(at, m->vibration);
	at = put16(at, m->transient);
	at = put16(at, m->torque);
	at = put16(at, m->tilt_stiffness);
	at = put16(at, m->stiffness);
	at = put16(at, m->damping);
	at = put16(at, m->peak);
	at = put16(at, 0);
	at = put32(at, m->rise);
	at = put32(at, m->fall);
	at = put32(at, m->speed);
	at = put32(at, (uint32_t)m->travel_in);
	at = put32(at, (uint32_t)m->travel_out);
	at = put32(at, m->render_rate);
	return (size_t)(at - p);
}

uint16_t limits_digest(const struct limits *m)
{
	uint8_t p[WIRE_MAX_PAYLOAD];
	size_t n = write_limits(p, 0, m);
	return wire_crc16(p + 2, n - 2);
}

size_t write_ack(uint8_t *p, const struct ack *m)
{
	uint8_t *at = put8(p, m->of);
	at = put8(at, m->sequence);
	at = put8(at, m->result);
	at = put8(at, m->why);
	at = put32(at, (uint32_t)m->detail);
	return (size_t)(at - p);
}

size_t write_pong(uint8_t *p, const struct pong *m)
{
	uint8_t *at = put32(p, m->token);
	at = put64(at, m->received);
	at = put64(at, m->sent);
	return (size_t)(at - p);
}

size_t write_result(uint8_t *p, const struct result *m)
{
	uint8_t *at = put8(p, m->test);
	at = put8(at, m->passed);
	at = put8(at, m->left);
	at = put8(at, 0);
	at = put32(at, (uint32_t)m->value);
	at = put32(at, (uint32_t)m->least);
	at = put32(at, (uint32_t)m->most);
	return (size_t)(at - p);
}

size_t write_status(uint8_t *p, const struct status *m)
{
	uint8_t *at = put32(p, m->received);
	at = put32(at, m->damaged);
	at = put16(at, m->missing);
	at = put16(at, m->repeated);
	at = put32(at, m->renders);
	at = put16(at, m->slowest);
	at = put16(at, m->stack);
	at = put16(at, m->supply);
	at = put16(at, m->gap);
	at = put16(at, m->overflows);
	at = put16(at, m->acted);
	return (size_t)(at - p);
}

size_t write_fault(uint8_t *p, const struct fault *m)
{
	uint8_t *at = put8(p, m->code);
	at = put8(at, m->mode);
	at = put8(at, m->answers);
	at = put8(at, 0);
	at = put64(at, m->at);
	at = put32(at, (uint32_t)m->value);
	at = put32(at, (uint32_t)m->limit);
	return (size_t)(at - p);
}
