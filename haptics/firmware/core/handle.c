// What a leg does with each frame.
#include <string.h>

#include "leg.h"

enum { STILL = 50000 }; // um/s: slower is still

static void answer(struct leg *leg, const struct wire_frame *f, enum outcome result, enum why why, int32_t detail)
{
	struct ack m = {.of = f->type, .sequence = f->sequence, .result = (uint8_t)result, .why = (uint8_t)why, .detail = detail};
	uint8_t p[WIRE_MAX_PAYLOAD];
	leg_send(leg, WIRE_ACK, p, write_ack(p, &m));
}

static void refuse(struct leg *leg, const struct wire_frame *f, enum why why, int32_t detail)
{
	answer(leg, f, RESULT_REFUSED, why, detail);
}

static void on_hello(struct leg *leg, const struct wire_frame *f)
{
	struct hello m;
	uint8_t p[WIRE_MAX_PAYLOAD];
	if (!read_hello(f->payload, &m))
		return;
	struct identity me = leg->config->identity;
	me.nonce = m.nonce;
	me.protocol = WIRE_VERSION;
	leg_send(leg, WIRE_IDENTITY, p, write_identity(p, &me));
	leg_send(leg, WIRE_LIMITS, p, write_limits(p, m.nonce, &leg->limits));
	if (leg->mode != MODE_ACTIVE && leg->mode != MODE_ARMED)
		leg->commands.began = false;
}

static void on_arm(struct leg *leg, const struct wire_frame *f)
{
	struct arm m;
	read_arm(f->payload, &m);
	int32_t v = leg->sense.velocity;
	if (leg->fault.code != CODE_NONE)
		refuse(leg, f, WHY_FAULT, leg->fault.code);
	else if (leg->mode != MODE_IDLE)
		refuse(leg, f, WHY_MODE, (int32_t)leg->mode);
	else if (leg->config->identity.calibration == 0 || m.calibration != leg->config->identity.calibration)
		refuse(leg, f, WHY_CALIBRATION, (int32_t)leg->config->identity.calibration);
	else if (m.digest != limits_digest(&leg->limits))
		refuse(leg, f, WHY_LIMITS, limits_digest(&leg->limits));
	else if (!leg->tested)
		refuse(leg, f, WHY_TEST, 0);
	else if (v > STILL || v < -STILL)
		refuse(leg, f, WHY_MOVES, v);
	else {
		govern_arm(&leg->governor);
		leg->mode = MODE_ARMED;
		leg->armed = leg->now;
		leg->commands = (struct wire_sequence){0};
		leg->slowest = leg->gap = 0;
		memset(&leg->watch, 0, sizeof leg->watch);
		answer(leg, f, RESULT_DONE, WHY_NONE, 0);
	}
}

static void on_halt(struct leg *leg, const struct wire_frame *f)
{
	if (leg->mode == MODE_ACTIVE)
		govern_stop(&leg->governor);
	if (leg->mode == MODE_ARMED)
		leg->mode = MODE_IDLE;
	answer(leg, f, RESULT_DONE, WHY_NONE, (int32_t)leg->mode);
}

static void on_command(struct leg *leg, const struct wire_frame *f)
{
	struct command m;
	if (!wire_fresh(&leg->commands, f) || !read_command(f->payload, &m))
		return;
	if (leg->mode == MODE_ARMED) {
		leg->mode = MODE_ACTIVE;
		leg->last_command = leg->now;
		govern_begin(&leg->governor);
	}
	if (leg->mode != MODE_ACTIVE)
		return;
	uint64_t gap = leg->now > leg->last_command ? leg->now - leg->last_command : 0;
	if (gap > leg->gap)
		leg->gap = gap > UINT16_MAX ? UINT16_MAX : (uint32_t)gap;
	leg->last_command = leg->now;
	leg->answers = f->sequence;
	govern_ask(&leg->governor, &m);
}

static void on_ping(struct leg *leg, const struct wire_frame *f)
{
	uint8_t p[WIRE_MAX_PAYLOAD];
	struct pong m = {.received = leg->now, .sent = leg->now};
	read_ping(f->payload, &m.token);
	leg_send(leg, WIRE_PONG, p, write_pong(p, &m));
}

static void on_self_test(struct leg *leg, const struct wire_frame *f)
{
	uint16_t mask;
	if (!read_self_test(f->payload, &mask)) {
		refuse(leg, f, WHY_RANGE, 0);
		return;
	}
	if (leg->mode != MODE_IDLE) {
		refuse(leg, f, WHY_MODE, (int32_t)leg->mode);
		return;
	}
	leg_test(leg, mask, true);
	answer(leg, f, RESULT_DONE, WHY_NONE, 0);
}

static bool lasts(struct leg *leg)
{
	const struct leg_config *c = leg->config;
	return (leg->sense.switches & SWITCH_STOP) || leg->sense.temperature >= c->hottest ||
	       leg->sense.supply < c->supply_least || leg->sense.supply > c->supply_most || watch_trouble(leg) != TROUBLE_NONE;
}

static void on_clear(struct leg *leg, const struct wire_frame *f)
{
	if (leg->fault.code == CODE_NONE && leg->mode != MODE_STOPPED) {
		answer(leg, f, RESULT_DONE, WHY_NONE, 0);
		return;
	}
	if (lasts(leg) || leg->governor.gate != GATE_OFF) {
		refuse(leg, f, WHY_CAUSE, leg->fault.code);
		return;
	}
	memset(&leg->fault, 0, sizeof leg->fault);
	leg->mode = MODE_IDLE;
	answer(leg, f, RESULT_DONE, WHY_NONE, 0);
}

static void on_inject(struct leg *leg, const struct wire_frame *f)
{
	struct inject m;
	const struct leg_config *c = leg->config;
	if (!read_inject(f->payload, &m))
		refuse(leg, f, WHY_RANGE, 0);
	else
		answer(leg, f, c->inject ? (enum outcome)c->inject(c->context, &m) : RESULT_UNSUPPORTED, WHY_NONE, m.kind);
}

static void on_grip(struct leg *leg, const struct wire_frame *f)
{
	struct grip m;
	const struct leg_config *c = leg->config;
	if (c->grip == NULL)
		answer(leg, f, RESULT_UNSUPPORTED, WHY_NONE, 0);
	else if (!read_grip(f->payload, &m) || c->grip(c->context, &m) != RESULT_DONE)
		refuse(leg, f, WHY_RANGE, 0);
}

static void on_stage(struct leg *leg, const struct wire_frame *f)
{
	struct stage_order m;
	const struct leg_config *c = leg->config;
	bool may_move = leg->mode == MODE_IDLE || leg->mode == MODE_STOPPED;
	if (c->stage == NULL)
		answer(leg, f, RESULT_UNSUPPORTED, WHY_NONE, 0);
	else if (!read_stage(f->payload, &m))
		refuse(leg, f, WHY_RANGE, m.position);
	else if ((m.flags & STAGE_MOVE) && !may_move)
		refuse(leg, f, WHY_MODE, (int32_t)leg->mode);
	else if (c->stage(c->context, &m, may_move) != RESULT_DONE)
		refuse(leg, f, WHY_RANGE, m.position);
	else
		answer(leg, f, RESULT_DONE, WHY_NONE, 0);
}

void leg_handle(struct leg *leg, const struct wire_frame *f)
{
	switch (f->type) {
	case WIRE_HELLO:
		on_hello(leg, f);
		break;
	case WIRE_ARM:
		on_arm(leg, f);
		break;
	case WIRE_HALT:
		on_halt(leg, f);
		break;
	case WIRE_COMMAND:
		on_command(leg, f);
		break;
	case WIRE_PING:
		on_ping(leg, f);
		break;
	case WIRE_SELF_TEST:
		on_self_test(leg, f);
		break;
	case WIRE_INJECT:
		on_inject(leg, f);
		break;
	case WIRE_CLEAR:
		on_clear(leg, f);
		break;
	case WIRE_GRIP:
		on_grip(leg, f);
		break;
	case WIRE_STAGE:
		on_stage(leg, f);
		break;
	default:
		break;
	}
}
