// Transients and vibration: forces too short to be slewed. A transient is bounded by its amplitude, its length and an
// impulse that refills slowly, so that many of them do not add up to a force.
#include "sine.h"
#include "stages.h"

enum {
	CRACK_HZ = 250,
	TAP_HZ = 350,
	LONGEST_DECAY = 200, // 20 ms; longer is a force, and forces are slewed
	KIND_CRACK = 1,
	KIND_TAP = 3,
	IMPULSE = 10000000,   // mN * 100 us: 1 N.s, a full spring hit of 90 N over 10 ms and a pop
	REFILL_PER_US = 10,   // 1 N.s/s
};

void burst_init(struct governor *g)
{
	g->burst.kind = 0;
	g->impulse = IMPULSE;
}

// turn is the growth of a phase per evaluation, Q32.
static uint32_t turn(const struct governor *g, uint32_t hz) { return (uint32_t)(((uint64_t)hz << 32) / g->hz); }

void burst_ask(struct governor *g, const struct command *c)
{
	uint32_t quick = c->vibration_hz < g->hz / 4 ? c->vibration_hz : g->hz / 4;
	g->shake_step = turn(g, quick);
	if (c->kind == 0 || c->shot == g->shot)
		return;
	g->shot = c->shot;
	int32_t limit = or_default(g->limits->transient, g->ceiling * 6 / 10);
	int32_t most = smaller(c->amplitude * 10, limit);
	int32_t decay = smaller(c->decay, LONGEST_DECAY);
	if (decay == 0)
		return;
	if (most > g->impulse / decay && !skips(g, ACTED_IMPULSE)) {
		most = g->impulse / decay;
		g->acted |= ACTED_IMPULSE;
	}
	if (most == 0)
		return;
	g->impulse = g->impulse > most * decay ? g->impulse - most * decay : 0;
	struct burst *b = &g->burst;
	int64_t twice = 2LL * decay * 100, dt = g->period; // us
	b->kind = c->kind;
	b->level = most << 8;
	b->keep = twice > dt ? (int32_t)(((twice - dt) << 24) / (twice + dt)) : 0;
	b->phase = 1u << 30; // a quarter turn: cosine
	uint32_t hz = c->kind == KIND_CRACK ? CRACK_HZ : c->kind == KIND_TAP ? TAP_HZ : 0;
	b->step = turn(g, hz);
}

// wave returns the sine of a phase, Q15.
static int32_t wave(uint32_t phase)
{
	uint32_t at = (phase >> 24) & 0x3F, part = (phase >> 8) & 0xFFFF;
	bool falling = phase & (1u << 30);
	int32_t a = quarter_sine[falling ? 64 - at : at], b = quarter_sine[falling ? 63 - at : at + 1];
	int32_t x = a + (int32_t)(((b - a) * (int64_t)part) >> 16);
	return phase & (1u << 31) ? -x : x;
}

int32_t burst_play(struct governor *g, int32_t *amplitude)
{
	struct burst *b = &g->burst;
	int32_t force = 0;
	g->impulse = smaller(g->impulse + REFILL_PER_US * g->period, IMPULSE);
	if (b->kind != 0) {
		int32_t level = b->level >> 8;
		force = b->step == 0 ? level : (int32_t)(((int64_t)level * wave(b->phase)) >> 15);
		b->phase += b->step;
		b->level = share(b->level, b->keep);
		if (b->level < 1 << 8)
			b->kind = 0;
	}
	*amplitude = smaller(g->ask.vibration * 10, or_default(g->limits->vibration, g->ceiling / 5));
	if (*amplitude > 0) {
		g->shake += g->shake_step;
		force += (int32_t)(((int64_t)*amplitude * wave(g->shake)) >> 15);
	}
	return force;
}
