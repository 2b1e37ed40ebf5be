#include "govern.h"

#include <string.h>

#include "sine.h"

enum {
	ONE = 1 << 24,
	TRAVEL_ZONE = 20000,   // 2 mm: the last way before an end of the travel
	HOLD_STIFFNESS = 5000, // N/m: soft enough for any hand, stiff enough to let go of 100 N after 2 cm
	HOLD_DAMPING = 1000,   // 10 N.s/m
	CRACK_HZ = 250,
	TAP_HZ = 350,
	LONGEST_DECAY = 200, // 20 ms; longer is a force, and forces are slewed
	KIND_CRACK = 1,
	KIND_HIT = 2,
	KIND_TAP = 3,
};

static int32_t clamp(int64_t x, int32_t least, int32_t most)
{
	return x < least ? least : x > most ? most : (int32_t)x;
}

static int32_t magnitude(int32_t x) { return x < 0 ? -x : x; }
static int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }
static int32_t share(int32_t x, int32_t q24) { return (int32_t)(((int64_t)x * q24) >> 24); }

static int32_t or_default(uint16_t x, int32_t otherwise) { return x ? x * 10 : otherwise; }

void govern_init(struct governor *g, const struct limits *l, uint32_t hz)
{
	memset(g, 0, sizeof *g);
	g->limits = l;
	g->hz = hz;
	g->ceiling = l->force * 10;
	g->rise = clamp((int64_t)l->rise * 1000 / hz, 1, 1000000);
	g->fall = clamp((int64_t)l->fall * 1000 / hz, 1, 1000000);
	g->reach = clamp((int64_t)l->speed * 10 / hz, 0, 10000000);
}

static int32_t ramp_step(const struct governor *g, uint32_t us)
{
	return clamp((int64_t)ONE * 1000000 / ((int64_t)us * g->hz), 1, ONE);
}

void govern_arm(struct governor *g)
{
	govern_cut(g);
	g->shot = 0;
}

void govern_cut(struct governor *g)
{
	g->gate = GATE_OFF;
	g->gain = 0;
	g->envelope = ONE;
	g->force = g->torque = g->lateral_u = g->lateral_v = g->tilt = 0;
	g->burst.kind = 0;
	g->blind = false;
	memset(&g->ask, 0, sizeof g->ask);
}

void govern_begin(struct governor *g)
{
	if (g->gate == GATE_OFF) {
		g->gate = GATE_ON;
		g->gain = 0;
		g->step = ramp_step(g, RAMP_IN_US);
	}
}

void govern_stop(struct governor *g)
{
	if (g->gate != GATE_ON)
		return;
	g->gate = GATE_OUT;
	g->start = magnitude(g->force);
	g->envelope = ONE;
	g->step = ramp_step(g, RAMP_OUT_US);
}

void govern_trip(struct governor *g, const struct sense *s, bool blind, uint32_t us)
{
	if (g->gate == GATE_OFF || g->gate == GATE_HOLD)
		return;
	int32_t step = ramp_step(g, us);
	// A ramp out under way is not made longer.
	if (g->gate == GATE_OUT)
		step = clamp((int64_t)g->step * ONE / (g->envelope > 0 ? g->envelope : 1), step, ONE);
	g->gate = GATE_HOLD;
	g->start = magnitude(g->force);
	g->envelope = ONE;
	g->step = step;
	g->blind = blind;
	g->burst.kind = 0;
	struct command *a = &g->ask;
	a->kind = 0;
	a->vibration = 0;
	a->force = (int16_t)(smaller(0, g->force) / 10);
	a->most = 0;
	a->stiffness = (uint16_t)smaller(g->limits->stiffness, HOLD_STIFFNESS);
	a->damping = (uint16_t)smaller(g->limits->damping, HOLD_DAMPING);
	int32_t up = g->force > 0 ? g->force : 0;
	a->anchor = clamp((int64_t)s->position - (int64_t)up * 10000 / (a->stiffness ? a->stiffness : 1), INT32_MIN, INT32_MAX);
}

static void begin_burst(struct governor *g, const struct command *c)
{
	int32_t limit = or_default(g->limits->transient, g->ceiling * 6 / 10);
	int32_t most = smaller(c->amplitude * 10, limit);
	int32_t decay = smaller(c->decay, LONGEST_DECAY);
	if (decay == 0 || most == 0)
		return;
	struct burst *b = &g->burst;
	int64_t twice = 2LL * decay * 100, dt = 1000000 / g->hz; // us
	b->kind = c->kind;
	b->level = most << 8;
	b->keep = twice > dt ? (int32_t)(((twice - dt) << 24) / (twice + dt)) : 0;
	b->phase = 1u << 30; // a quarter turn: cosine
	uint32_t hz = c->kind == KIND_CRACK ? CRACK_HZ : c->kind == KIND_TAP ? TAP_HZ : 0;
	b->step = (uint32_t)(((uint64_t)hz << 32) / g->hz);
}

void govern_ask(struct governor *g, const struct command *c)
{
	if (g->gate == GATE_HOLD)
		return;
	g->ask = *c;
	if (c->kind != 0 && c->shot != g->shot) {
		g->shot = c->shot;
		begin_burst(g, c);
	}
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

// play returns the force of transient and vibration, mN.
static int32_t play(struct governor *g, int32_t *amplitude)
{
	struct burst *b = &g->burst;
	int32_t force = 0;
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
		uint32_t hz = g->ask.vibration_hz < g->hz / 4 ? g->ask.vibration_hz : g->hz / 4;
		g->shake += (uint32_t)(((uint64_t)hz << 32) / g->hz);
		force += (int32_t)(((int64_t)*amplitude * wave(g->shake)) >> 15);
	}
	return force;
}

// local evaluates the command where the tool is, mN.
static int32_t local(const struct governor *g, const struct sense *s)
{
	const struct command *a = &g->ask;
	const int32_t wild = 100000000;
	int32_t k = smaller(a->stiffness, g->limits->stiffness), d = smaller(a->damping, g->limits->damping);
	int64_t spring = (int64_t)k * ((int64_t)s->position - a->anchor) / 10000 + (int64_t)d * s->velocity / 100000;
	int32_t force = a->force * 10 + clamp(spring, 0, wild);
	if (a->most > 0)
		force = smaller(force, a->most * 10);
	return force;
}

// gated weakens a force by the ramps.
static int32_t gated(struct governor *g, int32_t force)
{
	if (g->gate == GATE_ON) {
		g->gain = clamp((int64_t)g->gain + g->step, 0, ONE);
	} else {
		g->envelope = clamp((int64_t)g->envelope - g->step, 0, ONE);
		int32_t most = share(g->start, g->envelope);
		if (g->gate == GATE_HOLD)
			return clamp(share(force, g->envelope), -most, most);
		force = clamp(share(force, g->envelope), -most, most);
	}
	int32_t most = share(g->ceiling, g->gain);
	return clamp(share(force, g->gain), -most, most);
}

// slewed moves from towards to: the magnitude grows by at most rise and falls by at most fall.
static int32_t slewed(int32_t from, int32_t to, int32_t rise, int32_t fall)
{
	if (from < 0)
		return -slewed(-from, -to, rise, fall);
	if (to >= from)
		return smaller(to, from + rise);
	if (to >= 0 || fall <= from)
		return to > from - fall ? to : from - fall;
	int32_t left = (int32_t)((int64_t)rise * (fall - from) / fall); // of the period, after zero
	return to > -left ? to : -left;
}

static int32_t travel_share(int64_t way) { return (int32_t)((int64_t)clamp(way, 0, TRAVEL_ZONE) * ONE / TRAVEL_ZONE); }

// kept is force without what drives the tool out of its travel.
static int32_t kept(const struct governor *g, int32_t force, int32_t position)
{
	int32_t out = share(g->ceiling, travel_share((int64_t)position - g->reach - g->limits->travel_out));
	int32_t in = share(g->ceiling, travel_share((int64_t)g->limits->travel_in - g->reach - position));
	return clamp(force, -in, out);
}

// aside renders the axes beside the axial one, each slewed in shares of its limit.
static void aside(struct governor *g, struct drive *d)
{
	const struct limits *l = g->limits;
	int32_t by = g->gate == GATE_ON ? g->gain : share(g->gain, g->envelope);
	struct {
		int32_t *at, ask, most;
	} axes[] = {
		{&g->torque, g->ask.torque, l->torque},
		{&g->lateral_u, g->ask.lateral_u * 10, or_default(l->lateral, g->ceiling / 2)},
		{&g->lateral_v, g->ask.lateral_v * 10, or_default(l->lateral, g->ceiling / 2)},
		{&g->tilt, g->ask.tilt_stiffness, l->tilt_stiffness ? l->tilt_stiffness : 5000},
	};
	for (size_t i = 0; i < sizeof axes / sizeof *axes; i++) {
		int32_t want = share(clamp(axes[i].ask, -axes[i].most, axes[i].most), by);
		int64_t scale = g->ceiling > 0 ? g->ceiling : 1;
		int32_t rise = (int32_t)((int64_t)g->rise * axes[i].most / scale) + 1;
		int32_t fall = (int32_t)((int64_t)g->fall * axes[i].most / scale) + 1;
		*axes[i].at = slewed(*axes[i].at, want, rise, fall);
	}
	d->torque = g->torque;
	d->lateral_u = g->lateral_u;
	d->lateral_v = g->lateral_v;
	d->tilt_stiffness = g->tilt;
}

void govern_step(struct governor *g, const struct sense *s, struct drive *d)
{
	memset(d, 0, sizeof *d);
	if (g->gate == GATE_OFF)
		return;
	int32_t amplitude = 0, extra = play(g, &amplitude);
	int32_t force = g->gate == GATE_HOLD && g->blind ? g->force : local(g, s);
	if (g->gate == GATE_HOLD && g->blind)
		force = g->force < 0 ? -g->start : g->start;
	force = gated(g, force);
	int32_t fast = (int32_t)g->limits->speed;
	if ((s->velocity > fast && force < 0) || (s->velocity < -fast && force > 0))
		force = 0;
	force = slewed(g->force, force, g->rise, g->fall);
	force = clamp(force, -g->ceiling, g->ceiling);
	if (!(g->gate == GATE_HOLD && g->blind))
		force = kept(g, force, s->position);
	g->force = force;
	int32_t by = g->gate == GATE_ON ? g->gain : share(g->gain, g->envelope);
	d->powered = true;
	// What shakes stays below the ramps too; a force the slew still holds above them is not cut for it.
	int32_t most = share(g->ceiling, by) > magnitude(force) ? share(g->ceiling, by) : magnitude(force);
	d->force = clamp((int64_t)force + share(extra, by), -most, most);
	d->vibration = share(amplitude, by);
	aside(g, d);
	if (g->gate != GATE_ON && g->envelope == 0) {
		govern_cut(g);
		memset(d, 0, sizeof *d);
	}
}
