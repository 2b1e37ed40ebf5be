#include "govern.h"

#include <string.h>

#include "stages.h"

enum {
	TRAVEL_ZONE = 20000,   // 2 mm: the last way before an end of the travel
	HOLD_STIFFNESS = 5000, // N/m: soft enough for any hand, stiff enough to let go of 100 N after 2 cm
	HOLD_DAMPING = 1000,   // 10 N.s/m
};

static struct slope slope(const struct governor *g, int32_t most)
{
	int64_t scale = g->ceiling > 0 ? g->ceiling : 1;
	return (struct slope){.most = most,
			      .rise = (int32_t)((int64_t)g->rise * most / scale) + 1,
			      .fall = (int32_t)((int64_t)g->fall * most / scale) + 1};
}

void govern_init(struct governor *g, const struct limits *l, uint32_t hz)
{
	memset(g, 0, sizeof *g);
	g->limits = l;
	g->hz = hz;
	g->period = (int32_t)(1000000 / hz);
	g->ceiling = l->force * 10;
	g->rise = clamp((int64_t)l->rise * 1000 / hz, 1, 1000000);
	g->fall = clamp((int64_t)l->fall * 1000 / hz, 1, 1000000);
	g->reach = clamp((int64_t)l->speed * 10 / hz, 0, 10000000);
	g->slope_torque = slope(g, l->torque);
	g->slope_lateral = slope(g, or_default(l->lateral, g->ceiling / 2));
	g->slope_tilt = slope(g, l->tilt_stiffness ? l->tilt_stiffness : 5000);
	energy_init(g);
	heat_init(g);
	burst_init(g);
	energy_forget(g);
	damper_forget(g);
}

static int32_t ramp_step(const struct governor *g, uint32_t us)
{
	return clamp((int64_t)ONE * 1000000 / ((int64_t)us * g->hz), 1, ONE);
}

void govern_arm(struct governor *g)
{
	govern_cut(g);
	g->shot = 0;
	energy_forget(g);
	damper_forget(g);
}

void govern_cut(struct governor *g)
{
	g->gate = GATE_OFF;
	g->gain = 0;
	g->envelope = ONE;
	g->force = g->given = g->torque = g->lateral_u = g->lateral_v = g->tilt = 0;
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

void govern_ask(struct governor *g, const struct command *c)
{
	if (g->gate == GATE_HOLD)
		return;
	g->ask = *c;
	burst_ask(g, c);
}

// local evaluates the command where the tool is, mN.
static int32_t local(const struct governor *g, const struct sense *s)
{
	const struct command *a = &g->ask;
	const int32_t wild = 100000000;
	int32_t k = smaller(a->stiffness, g->limits->stiffness), d = smaller(a->damping, g->limits->damping);
	int64_t spring = ((int64_t)k * 10 * ((int64_t)s->position - a->anchor) + (int64_t)d * s->velocity) / 100000;
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
		if (g->gain == ONE)
			return force; // what is beyond the limit is the clamp's
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

// noted returns what a stage made of a force, and remembers that it changed it.
static int32_t noted(struct governor *g, uint16_t stage, int32_t before, int32_t after)
{
	if (after == before || skips(g, stage))
		return before;
	g->acted |= stage;
	return after;
}

static int32_t travel_share(int64_t way) { return (int32_t)((int64_t)clamp(way, 0, TRAVEL_ZONE) * ONE / TRAVEL_ZONE); }

// kept is force without what drives the tool out of its travel.
static int32_t kept(const struct governor *g, int32_t force, int32_t position)
{
	int32_t out = share(g->ceiling, travel_share((int64_t)position - g->reach - g->limits->travel_out));
	int32_t in = share(g->ceiling, travel_share((int64_t)g->limits->travel_in - g->reach - position));
	return clamp(force, -in, out);
}

static int32_t beside(int32_t from, int32_t ask, int32_t by, const struct slope *s)
{
	return slewed(from, share(clamp(ask, -s->most, s->most), by), s->rise, s->fall);
}

// aside renders the axes beside the axial one, each slewed in shares of its limit.
static void aside(struct governor *g, struct drive *d)
{
	const struct command *a = &g->ask;
	int32_t by = g->gate == GATE_ON ? g->gain : share(g->gain, g->envelope);
	d->torque = g->torque = beside(g->torque, a->torque, by, &g->slope_torque);
	d->lateral_u = g->lateral_u = beside(g->lateral_u, a->lateral_u * 10, by, &g->slope_lateral);
	d->lateral_v = g->lateral_v = beside(g->lateral_v, a->lateral_v * 10, by, &g->slope_lateral);
	d->tilt_stiffness = g->tilt = beside(g->tilt, a->tilt_stiffness, by, &g->slope_tilt);
}

// axial is the order of the stages.
static int32_t axial(struct governor *g, const struct sense *s)
{
	bool blind = g->gate == GATE_HOLD && g->blind; // no position to trust: what asks for one is left out
	int32_t force = blind ? (g->force < 0 ? -g->start : g->start) : local(g, s);
	force = skips(g, ACTED_RAMP) ? force : gated(g, force);
	if (!blind) {
		int32_t most = energy_most(g);
		if (most < g->ceiling)
			force = noted(g, ACTED_ENERGY, force, clamp(force, -most, most));
		force = damper_calm(g, s, force);
	}
	int32_t fast = (int32_t)g->limits->speed;
	bool driven = (s->velocity > fast && force < 0) || (s->velocity < -fast && force > 0);
	force = noted(g, ACTED_SPEED, force, driven ? 0 : force);
	force = noted(g, ACTED_SLEW, force, slewed(g->force, force, g->rise, g->fall));
	force = noted(g, ACTED_CLAMP, force, clamp(force, -g->ceiling, g->ceiling));
	int32_t bearable = heat_most(g);
	force = noted(g, ACTED_HEAT, force, clamp(force, -bearable, bearable));
	if (!blind)
		force = noted(g, ACTED_TRAVEL, force, kept(g, force, s->position));
	return force;
}

// shaken adds what shakes. It stays below the ramps, the credit and the heat too; a force the slew still holds above them
// is not cut for it.
static int32_t shaken(const struct governor *g, int32_t force, int32_t extra, int32_t by)
{
	int32_t most = smaller(share(g->ceiling, by), smaller(energy_most(g), heat_most(g)));
	if (most < magnitude(force))
		most = magnitude(force);
	return clamp((int64_t)force + share(extra, by), -most, most);
}

void govern_step(struct governor *g, const struct sense *s, struct drive *d)
{
	memset(d, 0, sizeof *d);
	if (g->gate == GATE_OFF) {
		heat_step(g, 0);
		return;
	}
	int32_t amplitude = 0, extra = burst_play(g, &amplitude);
	if (!(g->gate == GATE_HOLD && g->blind))
		energy_book(g, s);
	int32_t force = g->force = axial(g, s);
	int32_t by = g->gate == GATE_ON ? g->gain : share(g->gain, g->envelope);
	d->powered = true;
	d->force = shaken(g, force, extra, by);
	d->vibration = share(amplitude, by);
	aside(g, d);
	if (g->gate != GATE_ON && g->envelope == 0) {
		govern_cut(g);
		memset(d, 0, sizeof *d);
	}
	g->given = d->force;
	heat_step(g, g->given);
}
