#include "leg.h"

#include <string.h>

// since is the time passed, over the end of the clock's range too. An evaluation may be dated a little before the last byte
// received.
static uint64_t since(uint64_t now, uint64_t then) { return now - then <= INT64_MAX ? now - then : 0; }

void leg_start(struct leg *leg, const struct leg_config *config, uint64_t now)
{
	memset(leg, 0, sizeof *leg);
	leg->config = config;
	leg->limits = config->limits;
	leg->limits.render_rate = config->render_hz;
	leg->started = leg->now = leg->last_render = now;
	leg->mode = MODE_BOOT;
	govern_init(&leg->governor, &leg->limits, config->render_hz);
	govern_arm(&leg->governor);
}

void leg_send(struct leg *leg, uint8_t type, const uint8_t *payload, size_t n)
{
	uint8_t frame[WIRE_MAX_FRAME];
	uint8_t number = leg->sequence[(type - 1) & 7]++;
	size_t length = wire_write(frame, type, number, (uint32_t)leg->now, payload, n);
	if (length > 0)
		leg->config->write(leg->config->context, type, frame, length);
}

void leg_send_fault(struct leg *leg)
{
	uint8_t p[WIRE_MAX_PAYLOAD];
	leg->fault_sent = leg->now;
	leg_send(leg, WIRE_FAULT, p, write_fault(p, &leg->fault));
}

// leg_trip records the first fault and ramps out.
void leg_trip(struct leg *leg, enum code code, int32_t value, int32_t limit, bool blind)
{
	if (leg->fault.code != CODE_NONE)
		return;
	leg->fault = (struct fault){
	    .code = (uint8_t)code,
	    .mode = (uint8_t)leg->mode,
	    .answers = leg->answers,
	    .at = leg->now,
	    .value = value,
	    .limit = limit,
	};
	if (code == CODE_STOP) {
		leg->mode = MODE_STOPPED;
		govern_cut(&leg->governor);
	} else {
		leg->mode = MODE_FAULT;
		uint32_t ramp = blind ? RAMP_BLIND_US : code == CODE_LINK ? RAMP_HOLD_US : RAMP_OUT_US;
		govern_trip(&leg->governor, &leg->sense, blind, ramp);
	}
	leg_send_fault(leg);
}

void leg_receive(struct leg *leg, uint8_t byte, uint64_t now)
{
	struct wire_frame f;
	leg->now = now;
	if (!wire_take(&leg->decoder, byte, &f))
		return;
	leg->last_heard = now;
	leg_handle(leg, &f);
}

static int32_t silence(uint64_t us) { return us > INT32_MAX ? INT32_MAX : (int32_t)us; }

// guard moves between modes by time and by the emergency stop.
static void guard(struct leg *leg, uint64_t now)
{
	if (leg->sense.switches & SWITCH_STOP) {
		govern_cut(&leg->governor);
		leg_trip(leg, CODE_STOP, 1, 0, false);
		leg->mode = MODE_STOPPED;
	}
	switch (leg->mode) {
	case MODE_ARMED:
		if (since(now, leg->armed) > LEG_ARMED_US)
			leg->mode = MODE_IDLE;
		break;
	case MODE_ACTIVE:
		if (leg->governor.gate == GATE_OFF)
			leg->mode = MODE_IDLE;
		else if (since(now, leg->last_command) > LEG_WATCHDOG_US)
			leg_trip(leg, CODE_LINK, silence(since(now, leg->last_command)), LEG_WATCHDOG_US, false);
		break;
	default:
		break;
	}
}

void leg_render(struct leg *leg, uint64_t now, const struct sense *s, struct drive *d)
{
	uint32_t passed = (uint32_t)since(now, leg->last_render);
	leg->last_render = leg->now = now;
	leg->sense = *s;
	leg->renders++;
	leg->window++;
	if (leg->mode == MODE_ACTIVE && passed > leg->slowest)
		leg->slowest = passed;
	watch_step(leg, passed);
	guard(leg, now);
	govern_step(&leg->governor, &leg->sense, d);
	leg->force = d->force;
}

static uint16_t least16(uint32_t x) { return x > UINT16_MAX ? UINT16_MAX : (uint16_t)x; }

static int16_t tens(int32_t mn)
{
	int32_t x = (mn + (mn < 0 ? -5 : 5)) / 10;
	return (int16_t)(x > INT16_MAX ? INT16_MAX : x < -INT16_MAX ? -INT16_MAX : x);
}

static void send_state(struct leg *leg)
{
	const struct sense *s = &leg->sense;
	struct state m = {
	    .answers = leg->answers,
	    .position = s->position,
	    .velocity = s->velocity,
	    .twist = s->twist,
	    .tilt_x = s->tilt_x,
	    .tilt_y = s->tilt_y,
	    .u = s->u,
	    .v = s->v,
	    .trigger = s->trigger,
	    .load = tens(s->load),
	    .force = tens(leg->force),
	    .syringe = s->syringe,
	    .switches = s->switches,
	    .mode = (uint8_t)leg->mode,
	    .fault = leg->fault.code,
	    .temperature = s->temperature,
	};
	uint8_t p[WIRE_MAX_PAYLOAD];
	leg_send(leg, WIRE_STATE, p, write_state(p, &m));
}

static void send_status(struct leg *leg)
{
	const struct leg_config *c = leg->config;
	struct status m = {
	    .received = leg->decoder.accepted,
	    .damaged = leg->decoder.damaged,
	    .missing = leg->commands.missing,
	    .repeated = leg->commands.repeated,
	    .renders = leg->renders,
	    .slowest = least16(leg->slowest),
	    .stack = c->stack_used ? c->stack_used(c->context) : 0,
	    .supply = leg->sense.supply,
	    .gap = least16(leg->gap),
	    .overflows = c->overflows ? c->overflows(c->context) : 0,
	    .acted = (uint16_t)(leg->governor.acted & ~ACTED_RAMP),
	};
	leg->governor.acted = 0;
	uint8_t p[WIRE_MAX_PAYLOAD];
	leg_send(leg, WIRE_STATUS, p, write_status(p, &m));
}

void leg_tick(struct leg *leg, uint64_t now)
{
	leg->now = now;
	leg->ticks++;
	if (leg->ticks % 100 == 0) {
		leg->rate = leg->window * 10;
		leg->window = 0;
		watch_board(leg);
	}
	if (leg->mode == MODE_BOOT && since(now, leg->started) > LEG_BOOT_US && leg->rate > 0) {
		leg->mode = MODE_IDLE;
		const uint16_t at_boot = 1 << TEST_CODEC | 1 << TEST_TEMPERATURE | 1 << TEST_SUPPLY | 1 << TEST_RENDER | 1 << TEST_STACK;
		leg_test(leg, at_boot, false);
	}
	bool heard = leg->decoder.accepted > 0 && since(now, leg->last_heard) < LEG_HEARD_US;
	if (heard || leg->ticks % 100 == 0)
		send_state(leg);
	if (leg->ticks % (heard ? 50 : 1000) == 25)
		send_status(leg);
	if (leg->fault.code != CODE_NONE && since(now, leg->fault_sent) >= (heard ? 100000 : 1000000))
		leg_send_fault(leg);
}
