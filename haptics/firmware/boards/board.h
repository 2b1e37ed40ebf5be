// What boards share: start-up and the measure of the stack.
#ifndef OSSEO_BOARD_H
#define OSSEO_BOARD_H

#include <stdint.h>

enum { BOARD_STACK = 8192 }; // bytes; the linker scripts keep it free

uint16_t board_stack_used(void *context);

#endif
