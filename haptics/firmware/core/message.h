// Payloads as counts, in the order and units of docs/wire.md.
#ifndef OSSEO_MESSAGE_H
#define OSSEO_MESSAGE_H

#include "wire.h"

enum { SHOTS = 16 };

struct hello {
	uint8_t least, newest;
	uint16_t nonce;
};

struct arm {
	uint32_t calibration;
	uint16_t digest;
};

struct command {
	int16_t force;	    // 10 mN, outward
	uint16_t stiffness; // N/m
	uint16_t damping;   // 10 mN.s/m
	int32_t anchor;	    // 0.1 um
	uint16_t most;	    // 10 mN; 0 = the leg's limit
	int16_t torque;	    // mN.m
	int16_t lateral_u, lateral_v; // 10 mN
	uint16_t tilt_stiffness;      // 10 mN.m/rad
	uint16_t vibration;	      // 10 mN
	uint16_t vibration_hz;
	uint8_t kind, shot;
	uint16_t amplitude; // 10 mN
	uint8_t decay;	    // 100 us
};

struct state {
	uint8_t answers;
	int32_t position; // 0.1 um
	int32_t velocity; // um/s
	int32_t twist;	  // 0.002 degree; the low 24 bits are sent
	int16_t tilt_x, tilt_y; // 0.01 degree
	int16_t u, v;		// 10 um
	uint8_t trigger;	// 1/200
	int16_t load;		// 10 mN, inward
	int16_t force;		// 10 mN, outward
	int16_t syringe;	// 10 Pa
	uint8_t switches, mode, fault;
	int8_t temperature;
};

struct identity {
	uint16_t nonce;
	uint8_t protocol, board, firmware[3];
	uint32_t capabilities;
	uint8_t build[8];
	uint32_t calibration;
	uint8_t serial[8];
	char name[16];
};

struct limits {
	uint16_t force, continuous, lateral, vibration, transient; // 10 mN
	uint16_t torque;	 // mN.m
	uint16_t tilt_stiffness; // 10 mN.m/rad
	uint16_t stiffness;	 // N/m
	uint16_t damping;	 // 10 mN.s/m
	uint16_t peak;		 // 10 ms
	uint32_t rise, fall;	 // N/s
	uint32_t speed;		 // um/s
	int32_t travel_in, travel_out; // 0.1 um
	uint32_t render_rate;	       // Hz
};

struct ack {
	uint8_t of, sequence, result, why;
	int32_t detail;
};

struct pong {
	uint32_t token;
	uint64_t received, sent; // us
};

struct result {
	uint8_t test, passed, left;
	int32_t value, least, most;
};

struct status {
	uint32_t received, damaged;
	uint16_t missing, repeated;
	uint32_t renders;
	uint16_t slowest, stack, supply, gap, overflows;
	uint16_t acted; // governor stages that changed a force since the last status
};

struct fault {
	uint8_t code, mode, answers;
	uint64_t at; // us
	int32_t value, limit;
};

struct inject {
	uint8_t kind;
	uint16_t count;
	int32_t value;
};

struct grip {
	int16_t effort;	    // 10 mN, inward
	uint16_t mass;	    // g
	uint16_t stiffness; // N/m
	uint16_t damping;   // 10 mN.s/m
	int32_t rest;	    // 0.1 um
	int16_t twist_rate; // 0.1 degree/s
	int16_t tilt_x, tilt_y, u, v;
	uint8_t trigger;
	uint8_t flags;
};

enum { GRIP_BEHIND = 1, GRIP_LOOSE = 2, GRIP_STYLET = 4, GRIP_STEP = 8 };

struct stage_order {
	int32_t position; // 0.1 um
	uint8_t flags;
};

enum { STAGE_STOP = 1, STAGE_MOVE = 2 };

// Readers return false when a field is out of its range; the length is checked by wire_take.
bool read_hello(const uint8_t *p, struct hello *m);
bool read_arm(const uint8_t *p, struct arm *m);
bool read_command(const uint8_t *p, struct command *m);
bool read_ping(const uint8_t *p, uint32_t *token);
bool read_self_test(const uint8_t *p, uint16_t *mask);
bool read_inject(const uint8_t *p, struct inject *m);
bool read_grip(const uint8_t *p, struct grip *m);
bool read_stage(const uint8_t *p, struct stage_order *m);

// Writers fill p and return the payload's length.
size_t write_state(uint8_t *p, const struct state *m);
size_t write_identity(uint8_t *p, const struct identity *m);
size_t write_limits(uint8_t *p, uint16_t nonce, const struct limits *m);
size_t write_ack(uint8_t *p, const struct ack *m);
size_t write_pong(uint8_t *p, const struct pong *m);
size_t write_result(uint8_t *p, const struct result *m);
size_t write_status(uint8_t *p, const struct status *m);
size_t write_fault(uint8_t *p, const struct fault *m);

// limits_digest is what an arm frame must repeat.
uint16_t limits_digest(const struct limits *m);

#endif
