#include "bench.h"

#include <string.h>

#include "check.h"

static void catch_frame(void *context, uint8_t type, const uint8_t *frame, size_t n)
{
	struct bench *b = context;
	struct wire_decoder d = {0};
	struct wire_frame f;
	bool got = false;
	CHECK(n <= WIRE_MAX_FRAME && (type != WIRE_STATE || n <= 40), "%zu bytes", n);
	for (size_t i = 0; i < n; i++)
		got = wire_take(&d, frame[i], &f);
	CHECK(got && f.type == type, "type %u sent a broken frame", type);
	if (type == WIRE_ACK) {
		const uint8_t *p = f.payload;
		b->ack = (struct ack){p[0], p[1], p[2], p[3], (int32_t)(p[4] | p[5] << 8 | p[6] << 16 | (uint32_t)p[7] << 24)};
		b->acks++;
	}
	b->states += type == WIRE_STATE;
	b->faults += type == WIRE_FAULT;
	if (type == WIRE_FAULT)
		b->fault.code = f.payload[0];
	if (type == WIRE_STATUS)
		b->status.acted = (uint16_t)(f.payload[26] | f.payload[27] << 8);
}

static uint8_t trouble(void *context) { return ((struct bench *)context)->trouble; }
static uint16_t stack_used(void *context) { return ((struct bench *)context)->stack_used; }

void bench_start(struct bench *b) { bench_start_at(b, 0); }

void bench_start_at(struct bench *b, uint64_t now)
{
	memset(b, 0, sizeof *b);
	b->now = b->ticked = now;
	b->config = (struct leg_config){
	    .limits = {.force = 15000, .continuous = 6000, .torque = 1500, .stiffness = 40000, .damping = 2000, .rise = 20000,
		       .fall = 100000, .speed = 2000000, .travel_in = 600000, .travel_out = -400000},
	    .identity = {.calibration = 77},
	    .render_hz = HZ, .hottest = 80, .supply_least = 20000, .supply_most = 28000, .context = b, .write = catch_frame,
	    .trouble = trouble, .stack_used = stack_used, .stack_size = 8192,
	};
	b->temperature = 30;
	leg_start(&b->leg, &b->config, now);
	simulation_start(&b->simulation, &b->config.limits);
	while (b->leg.mode == MODE_BOOT && b->now - now < 1000000)
		bench_step(b);
	CHECK(b->leg.mode == MODE_IDLE, "mode after boot is %d, fault %d", b->leg.mode, b->leg.fault.code);
}

void bench_step(struct bench *b)
{
	b->now += STEP_US;
	simulation_stage(&b->simulation, &b->drive, STEP_US * 1e-6f);
	simulation_axes(&b->simulation, &b->drive, STEP_US * 1e-6f);
	simulation_sense(&b->simulation, &b->sense);
	b->sense.position += b->offset;
	if (b->stuck) {
		b->sense.position = b->stuck_at;
		b->sense.velocity = 0;
	}
	if (b->load_stuck)
		b->sense.load = b->load_at;
	b->sense.temperature = b->temperature;
	if (b->stop)
		b->sense.switches |= SWITCH_STOP;
	leg_render(&b->leg, b->now, &b->sense, &b->drive);
	if (b->now - b->ticked >= 1000) {
		b->ticked = b->now - (b->now - b->ticked) % 1000;
		leg_tick(&b->leg, b->now);
	}
}

void bench_send(struct bench *b, uint8_t type, const uint8_t *payload, size_t n)
{
	uint8_t frame[WIRE_MAX_FRAME];
	size_t length = wire_write(frame, type, ++b->number, (uint32_t)b->now + 1, payload, n);
	for (size_t i = 0; i < length; i++)
		leg_receive(&b->leg, frame[i], b->now);
}

void bench_command(struct bench *b, int16_t force, uint16_t stiffness, int32_t anchor)
{
	uint8_t p[28] = {(uint8_t)force,      (uint8_t)(force >> 8), (uint8_t)stiffness,      (uint8_t)(stiffness >> 8), 0xE8, 3,
			 (uint8_t)anchor,     (uint8_t)(anchor >> 8), (uint8_t)(anchor >> 16), (uint8_t)(anchor >> 24)};
	if (b->shot > 0) { // a spring hit of 90 N, 10 ms
		p[24] = (uint8_t)(2 | b->shot << 4);
		p[25] = 9000 & 0xFF;
		p[26] = 9000 >> 8;
		p[27] = 100;
	}
	bench_send(b, WIRE_COMMAND, p, sizeof p);
}

void bench_arm(struct bench *b)
{
	uint16_t digest = limits_digest(&b->leg.limits);
	uint8_t p[6] = {77, 0, 0, 0, (uint8_t)digest, (uint8_t)(digest >> 8)};
	bench_send(b, WIRE_ARM, p, sizeof p);
}

void bench_run(struct bench *b, unsigned ms, int16_t force, uint16_t stiffness, int32_t anchor)
{
	while (ms--) {
		bench_command(b, force, stiffness, anchor);
		for (int k = 0; k < HZ / 1000; k++)
			bench_step(b);
	}
}
