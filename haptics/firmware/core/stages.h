// The governor's stages that remember: govern.c calls them in its order.
#ifndef OSSEO_STAGES_H
#define OSSEO_STAGES_H

#include "govern.h"

enum { ONE = 1 << 24 }; // of shares, Q24

static inline int32_t clamp(int64_t x, int32_t least, int32_t most) { return x < least ? least : x > most ? most : (int32_t)x; }
static inline int32_t magnitude(int32_t x) { return x < 0 ? -x : x; }
static inline int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }
static inline int32_t share(int32_t x, int32_t q24) { return (int32_t)(((int64_t)x * q24) >> 24); }
static inline int32_t or_default(uint16_t x, int32_t otherwise) { return x ? x * 10 : otherwise; }

#ifdef OSSEO_TEST
static inline bool skips(const struct governor *g, unsigned stage) { return (g->skip & stage) != 0; }
#else
static inline bool skips(const struct governor *g, unsigned stage)
{
	(void)g;
	(void)stage;
	return false;
}
#endif

// Energy: what the leg took in from the hand less what it gave back.
void energy_init(struct governor *g);
void energy_forget(struct governor *g);
void energy_book(struct governor *g, const struct sense *s); // the work since the last evaluation
int32_t energy_most(const struct governor *g);		     // mN: no more may be given now

// Oscillation: a hand and a leg that swing each other up.
void damper_forget(struct governor *g);
int32_t damper_calm(struct governor *g, const struct sense *s, int32_t force);

// Heat of the motor.
void heat_init(struct governor *g);
void heat_step(struct governor *g, int32_t force);
int32_t heat_most(const struct governor *g); // mN

// Transients and vibration.
void burst_init(struct governor *g);
void burst_ask(struct governor *g, const struct command *c);
int32_t burst_play(struct governor *g, int32_t *amplitude); // mN; amplitude of the vibration, mN

#endif
