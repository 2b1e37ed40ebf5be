#include "simulation.h"

#include <string.h>

// The constants of haptics/virtual: stage.go, leg.go, axes.go.
static const float stage_mass = 0.4f, viscous = 1.5f, coulomb = 0.4f, tool_mass = 0.35f;
static const float start_position = -20e-3f;
static const float twist_inertia = 2e-3f, twist_grip = 0.45f, twist_most = 5.5f, twist_friction = 0.01f;
static const float tilt_grip = 7.0f, tilt_lag = 0.06f, tilt_most = 1.0471976f;
static const float lateral_grip = 600.0f, lateral_drag = 60.0f, lateral_most = 80e-3f;

static const float centidegree = 1.7453293e-4f, twist_count = 3.4906585e-5f;

static float within(float x, float most) { return x > most ? most : x < -most ? -most : x; }
static float size(float x) { return x < 0 ? -x : x; }

void simulation_start(struct simulation *s, const struct limits *l)
{
	memset(s, 0, sizeof *s);
	s->least = (float)l->travel_out * 1e-7f;
	s->most = (float)l->travel_in * 1e-7f;
	s->x = start_position;
	s->mass = tool_mass;
	s->flags = GRIP_LOOSE;
}

void simulation_grip(struct simulation *s, const struct grip *g)
{
	s->effort = g->effort * 0.01f;
	s->mass = g->mass * 1e-3f;
	s->stiffness = g->stiffness;
	s->damping = g->damping * 0.01f;
	s->rest = (float)g->rest * 1e-7f;
	s->twist_rate = g->twist_rate * (10 * centidegree);
	s->want_x = g->tilt_x * centidegree;
	s->want_y = g->tilt_y * centidegree;
	s->want_u = g->u * 1e-5f;
	s->want_v = g->v * 1e-5f;
	s->trigger = g->trigger;
	s->flags = g->flags;
}

void simulation_place(struct simulation *s, int32_t position)
{
	s->x = position * 1e-7;
	s->v = 0;
	s->rest = (float)s->x;
}

// simulation_stage is an implicit midpoint step of stage, tool and arm as one mass, the motor's force held. Coulomb friction takes at
// most the momentum there is.
void simulation_stage(struct simulation *s, const struct drive *d, float dt)
{
	float mass = stage_mass + s->mass, half = dt / 2, h = half / mass;
	float hand = s->effort + s->stiffness * (float)(s->rest - s->x);
	float force = (float)d->force * 1e-3f;
	float drag = s->damping + viscous + s->stiffness * half;
	float mid = (s->v + h * (hand - force)) / (1 + h * drag);
	float v = 2 * mid - s->v, grind = coulomb * dt / mass;
	if (size(v) <= grind)
		v = 0;
	else
		v -= v > 0 ? grind : -grind;
	mid = (s->v + v) / 2;
	float acceleration = (v - s->v) / dt;
	s->load = hand - (s->stiffness * half + s->damping) * mid - s->mass * acceleration;
	s->x += (double)(dt * mid);
	s->v = v;
	if (s->x < (double)s->least) {
		s->x = (double)s->least;
		s->v = v > 0 ? v : 0;
	}
	if (s->x > (double)s->most) {
		s->x = (double)s->most;
		s->v = v < 0 ? v : 0;
	}
}

static void turn(struct simulation *s, float resist, float dt)
{
	float push = s->flags & GRIP_LOOSE ? 0 : within(twist_grip * (s->twist_rate - s->spin), twist_most);
	float spin = s->spin + push * dt / twist_inertia;
	float loss = (size(resist) + twist_friction) * dt / twist_inertia;
	s->spin = size(spin) <= loss ? 0 : spin - (spin > 0 ? loss : -loss);
	s->twist += (double)(s->spin * dt);
}

static void lean(struct tilt_axis *t, float want, float grip, float hold, float dt)
{
	if (hold <= 0)
		t->anchor = t->angle;
	else if (hold > t->hold)
		t->anchor = t->angle - t->hold / hold * (t->angle - t->anchor);
	t->hold = hold > 0 ? hold : 0;
	float drag = tilt_grip * tilt_lag;
	t->angle += dt / (drag + (grip + t->hold) * dt) * (grip * (want - t->angle) - t->hold * (t->angle - t->anchor));
	t->angle = within(t->angle, tilt_most);
}

void simulation_axes(struct simulation *s, const struct drive *d, float dt)
{
	bool loose = s->flags & GRIP_LOOSE;
	turn(s, (float)d->torque * 1e-3f, dt);
	float hold = (float)d->tilt_stiffness * 1e-2f, grip = loose ? 0 : tilt_grip;
	lean(&s->tilt_x, s->want_x, grip, hold, dt);
	lean(&s->tilt_y, s->want_y, grip, hold, dt);
	if (!s->placed && !loose) {
		s->u = s->hold_u = s->want_u;
		s->v_plate = s->hold_v = s->want_v;
		s->placed = true;
	}
	if (!loose) {
		s->hold_u = s->u;
		s->hold_v = s->v_plate;
	}
	float to_u = loose ? s->hold_u : s->want_u, to_v = loose ? s->hold_v : s->want_v;
	float k = dt / (lateral_drag + lateral_grip * dt);
	s->u = within(s->u + k * (lateral_grip * (to_u - s->u) + (float)d->lateral_u * 1e-3f), lateral_most);
	s->v_plate = within(s->v_plate + k * (lateral_grip * (to_v - s->v_plate) + (float)d->lateral_v * 1e-3f), lateral_most);
}

static int32_t nearest(float x) { return (int32_t)(x < 0 ? x - 0.5f : x + 0.5f); }

void simulation_sense(const struct simulation *s, struct sense *out)
{
	double counts = s->x * 1e7;
	out->position = (int32_t)(counts < 0 ? counts - 0.5 : counts + 0.5);
	out->velocity = nearest(s->v * 1e6f);
	out->twist = (int32_t)(int64_t)(s->twist / (double)twist_count);
	out->tilt_x = (int16_t)nearest(s->tilt_x.angle / centidegree);
	out->tilt_y = (int16_t)nearest(s->tilt_y.angle / centidegree);
	out->u = (int16_t)nearest(s->u * 1e5f);
	out->v = (int16_t)nearest(s->v_plate * 1e5f);
	out->trigger = s->trigger;
	out->load = nearest(s->load * 1e3f);
	out->syringe = 0;
	out->switches = 0;
	if (s->flags & GRIP_BEHIND)
		out->switches |= SWITCH_BEHIND;
	if (s->flags & GRIP_STYLET)
		out->switches |= SWITCH_STYLET;
	out->temperature = 31;
	out->supply = 24000;
}
