// Energy, oscillation, heat: the stages that judge longer than one evaluation. The numbers are those of haptics/energy.go,
// oscillation.go and limiter.go; docs/safety.md.
#include <string.h>

#include "stages.h"

#define JOULE 10000000000LL // in mN * 0.1 um

enum {
	LEAK_PER_US = 5000,	 // 0.5 W: the power at which a debt is forgotten
	HORIZON_US = 1000,	 // force falls with the credit left for so long at the speed limit
	SWING_US = 40000,	 // longest half period of a limit cycle: 12.5 Hz and up
	SLACK_US = 120000,	 // the same once gain is taken away: a softer wall swings slower
	SWING_SPEED = 50000,	 // um/s that must be passed each way
	SWING_FORCE = 10000,	 // mN between reversals
	SWINGS_TO_CALM = 6,	 // half periods before gain is taken away
	SWINGS_LEAK = 4,	 // half periods forgotten per second
	LEAST_GAIN = ONE / 5,
	CALM_HOLD_US = 1000000,	 // without a swing before gain comes back
	CALM_RECOVERY_US = 1000000,
	LONG_AGO_US = 1000000000,
	WILD_SPEED = 100000000,	 // um/s
	MOST_HEAT_RATE = 1 << 23, // Q32, keeps the product below 63 bits: 655 N squared are 39
};

void energy_init(struct governor *g)
{
	const struct limits *l = g->limits;
	int64_t fall = l->fall ? l->fall : 1;
	// Where the credit ends the slew must have brought the force to nothing: that takes ceiling / fall, half of it on average.
	int64_t horizon = (int64_t)g->ceiling * 500 / fall;
	if (horizon < HORIZON_US)
		horizon = HORIZON_US;
	if (horizon < g->period)
		horizon = g->period;
	int64_t way = (int64_t)l->speed * horizon / 100000; // 0.1 um
	g->account.way = clamp(way, 1, INT32_MAX);
	g->account.plenty = (int64_t)g->ceiling * g->account.way;
	// One period at full force and full speed must always be affordable.
	int64_t period = 2LL * g->ceiling * ((int64_t)l->speed * g->period / 100000);
	g->account.allowance = period > JOULE ? period : JOULE;
}

void energy_forget(struct governor *g)
{
	g->account.known = false;
	g->account.stored = 0;
}

// energy_book is exact: between two evaluations the force does not change.
void energy_book(struct governor *g, const struct sense *s)
{
	struct account *a = &g->account;
	if (a->known)
		a->stored += (int64_t)g->given * ((int64_t)s->position - a->position);
	a->known = true;
	a->position = s->position;
	if (a->stored < 0) {
		a->stored += (int64_t)LEAK_PER_US * g->period;
		if (a->stored > 0)
			a->stored = 0;
	}
	if (a->stored > JOULE * 3 / 2)
		a->stored = JOULE * 3 / 2;
	if (a->stored < -100 * JOULE)
		a->stored = -100 * JOULE;
}

int32_t energy_most(const struct governor *g)
{
	const struct account *a = &g->account;
	int64_t left = a->stored + a->allowance;
	if (left >= a->plenty || skips(g, ACTED_ENERGY))
		return g->ceiling;
	return left <= 0 ? 0 : clamp(left / a->way, 0, g->ceiling);
}

void damper_forget(struct governor *g)
{
	memset(&g->damper, 0, sizeof g->damper);
	g->damper.gain = ONE;
}

static void swing(struct damper *d)
{
	d->quiet = 0;
	if (d->swings < SWINGS_TO_CALM)
		d->swings++;
	if (d->swings < SWINGS_TO_CALM)
		return;
	d->total += SWING;
	d->gain = d->gain / 10 * 7;
	if (d->gain < LEAST_GAIN)
		d->gain = LEAST_GAIN;
}

// watch counts reversals. v in um/s, force in mN.
static void watch(struct damper *d, int32_t v, int32_t force, int32_t us)
{
	int32_t speed = magnitude(v);
	d->since = smaller(d->since + us, LONG_AGO_US);
	d->quiet = smaller(d->quiet + us, LONG_AGO_US);
	d->total = d->total > SWINGS_LEAK * us ? d->total - SWINGS_LEAK * us : 0;
	d->least = smaller(d->least, force);
	d->most = force > d->most ? force : d->most;
	if (v * d->direction > 0 && speed > d->peak)
		d->peak = speed;
	int32_t longest = d->gain < ONE ? SLACK_US : SWING_US;
	bool turned = d->direction == 0 ? speed > SWING_SPEED : v * d->direction < -SWING_SPEED;
	bool wide = d->most - d->least >= SWING_FORCE && (int64_t)d->peak * 5 >= (int64_t)d->before * 4;
	if (turned && d->since <= longest && wide)
		swing(d);
	else if (turned || d->since > longest)
		d->swings = 0;
	if (turned) {
		d->direction = v > 0 ? 1 : -1;
		d->since = 0;
		d->least = d->most = force;
		d->before = d->last;
		d->last = d->peak;
		d->peak = speed;
	}
	if (d->quiet > CALM_HOLD_US && d->gain < ONE)
		d->gain = clamp((int64_t)d->gain + (int64_t)ONE * us / CALM_RECOVERY_US, 0, ONE);
}

int32_t damper_calm(struct governor *g, const struct sense *s, int32_t force)
{
	struct damper *d = &g->damper;
	int32_t v = clamp(s->velocity, -WILD_SPEED, WILD_SPEED);
	watch(d, v, g->force, g->period);
	if (d->gain == ONE || skips(g, ACTED_OSCILLATION))
		return force;
	g->acted |= ACTED_OSCILLATION;
	force = share(force, d->gain);
	// What was taken on the way in is not all given back on the way out; in between without a step, or it would chatter.
	if ((force > 0 && v < 0) || (force < 0 && v > 0)) {
		int32_t part = clamp((int64_t)magnitude(v) * ONE / SWING_SPEED, 0, ONE);
		force = share(force, ONE - share(ONE - d->gain, part));
	}
	return force;
}

// heat_init finds the motor's time constant: at full force from cold, peak seconds warm it to the knee, nine tenths of what
// the continuous force warms it to for ever. So it is peak / -ln(1 - 0.9 share^2), share = continuous / force.
void heat_init(struct governor *g)
{
	const struct limits *l = g->limits;
	struct heat *h = &g->heat;
	memset(h, 0, sizeof *h);
	h->continuous = smaller(l->continuous * 10, g->ceiling);
	h->bearable = (int64_t)h->continuous * h->continuous;
	if (l->peak == 0 || l->continuous >= l->force)
		return;
	const int64_t one = 1 << 30;
	int64_t x = one * l->continuous / l->force * l->continuous / l->force * 9 / 10, power = x, log = 0;
	for (int n = 1; power > 0 && n < 200; n++) { // -ln(1 - x), x <= 0.9
		log += power / n;
		power = power * x / one;
	}
	h->rate = clamp(log * 4 * g->period / (l->peak * 10000LL), 1, MOST_HEAT_RATE);
}

void heat_step(struct governor *g, int32_t force)
{
	struct heat *h = &g->heat;
	if (h->rate > 0)
		h->square += (((int64_t)force * force - h->square) * h->rate) >> 32;
}

int32_t heat_most(const struct governor *g)
{
	const struct heat *h = &g->heat;
	int64_t over = h->square - h->bearable * 9 / 10;
	if (h->rate == 0 || over <= 0 || skips(g, ACTED_HEAT))
		return g->ceiling;
	if (over >= h->bearable / 10)
		return h->continuous;
	return g->ceiling - (int32_t)((g->ceiling - h->continuous) * over / (h->bearable / 10));
}
