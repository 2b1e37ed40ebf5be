#include "injection.h"

#include <string.h>

enum {
	INJECT_NONE,
	INJECT_CORRUPT,
	INJECT_DROP,
	INJECT_DUPLICATE,
	INJECT_DELAY,
	INJECT_FREEZE,
	INJECT_JUMP,
	INJECT_STUCK,
	INJECT_HOT,
	INJECT_RESET,
	LONGEST_DELAY_US = 50000,
	LONGEST_FREEZE_US = 5000000,
	RESET_AFTER_US = 10000,
};

bool injection_frozen(const struct injection *i) { return i->now < i->frozen_until; }

static void clear(struct injection *i)
{
	i->corrupt = i->drop = i->duplicate = i->delay = 0;
	i->frozen_until = i->encoder_until = i->load_until = 0;
	i->offset = 0;
	i->hot = false;
}

uint8_t injection_ask(struct injection *i, const struct inject *m, const struct sense *s)
{
	switch (m->kind) {
	case INJECT_NONE:
		clear(i);
		return RESULT_DONE;
	case INJECT_CORRUPT:
		i->corrupt = m->count;
		return RESULT_DONE;
	case INJECT_DROP:
		i->drop = m->count;
		return RESULT_DONE;
	case INJECT_DUPLICATE:
		i->duplicate = m->count;
		return RESULT_DONE;
	case INJECT_DELAY:
		if (m->value < 0 || m->value > LONGEST_DELAY_US)
			return RESULT_REFUSED;
		i->delay = m->count;
		i->late = (uint32_t)m->value;
		return RESULT_DONE;
	case INJECT_FREEZE:
		if (m->value < 0 || m->value > LONGEST_FREEZE_US)
			return RESULT_REFUSED;
		i->frozen_until = i->now + (uint32_t)m->value;
		return RESULT_DONE;
	case INJECT_JUMP:
		i->offset += m->value;
		return RESULT_DONE;
	case INJECT_STUCK:
		if (m->value < 0 || m->count > 1)
			return RESULT_REFUSED;
		*(m->count == 0 ? &i->encoder_until : &i->load_until) = i->now + (uint32_t)m->value;
		i->position = s->position;
		i->load = s->load;
		return RESULT_DONE;
	case INJECT_HOT:
		if (m->value < INT8_MIN || m->value > INT8_MAX)
			return RESULT_REFUSED;
		i->hot = true;
		i->temperature = (int8_t)m->value;
		return RESULT_DONE;
	case INJECT_RESET:
		i->reset_at = i->now + RESET_AFTER_US;
		return RESULT_DONE;
	default:
		return RESULT_UNSUPPORTED;
	}
}

static bool spend(uint16_t *count) { return *count > 0 && (*count)--; }

void injection_send(struct injection *i, uint8_t type, const uint8_t *frame, size_t n)
{
	uint8_t copy[WIRE_MAX_FRAME];
	// The answer that starts a freeze has to get out.
	if (injection_frozen(i) && type != WIRE_ACK)
		return;
	if (type != WIRE_STATE) {
		i->put(frame, n);
		return;
	}
	memcpy(copy, frame, n);
	if (spend(&i->drop))
		return;
	if (spend(&i->corrupt)) {
		uint8_t *hit = &copy[n / 2];
		*hit = *hit == 0x55 ? 0xAA : 0x55;
	}
	if (spend(&i->duplicate))
		i->put(copy, n);
	if (!spend(&i->delay)) {
		i->put(copy, n);
		return;
	}
	if (i->count == DELAYED)
		return;
	struct late_frame *l = &i->queue[(i->first + i->count++) % DELAYED];
	l->due = i->now + i->late;
	l->length = (uint8_t)n;
	memcpy(l->bytes, copy, n);
}

void injection_flush(struct injection *i)
{
	while (i->count > 0 && i->queue[i->first].due <= i->now) {
		struct late_frame *l = &i->queue[i->first];
		if (!injection_frozen(i))
			i->put(l->bytes, l->length);
		i->first = (uint8_t)((i->first + 1) % DELAYED);
		i->count--;
	}
}

void injection_sense(struct injection *i, struct sense *s)
{
	s->position += i->offset;
	if (i->now < i->encoder_until) {
		s->position = i->position;
		s->velocity = 0;
	}
	if (i->now < i->load_until)
		s->load = i->load;
	if (i->hot)
		s->temperature = i->temperature;
}
