// Start-up of a Cortex-M: data, bss, a painted stack, then main.
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "board.h"

extern uint32_t data_start[], data_end[], data_load[], bss_start[], bss_end[], stack_low[], stack_top[];
int main(void);
void uart_irq(void);
void timer_irq(void);

static const uint32_t paint = 0xDEC0DED1;

// board_stack_used looks at a part of the stack each time, all of it the first time: a look at all of it costs as much as ten
// evaluations.
uint16_t board_stack_used(void *context)
{
	enum { PART = 128 };
	static const uint32_t *deepest, *at;
	int left = PART;
	(void)context;
	if (deepest == NULL) {
		deepest = stack_top;
		at = stack_low;
		left = BOARD_STACK;
	}
	for (; left > 0 && at < deepest; left--, at++)
		if (*at != paint)
			deepest = at;
	if (at >= deepest)
		at = stack_low;
	return (uint16_t)((const uint8_t *)stack_top - (const uint8_t *)deepest);
}

__attribute__((noreturn)) void reset(void)
{
	memcpy(data_start, data_load, (uintptr_t)data_end - (uintptr_t)data_start);
	memset(bss_start, 0, (uintptr_t)bss_end - (uintptr_t)bss_start);
	uint32_t *here = __builtin_frame_address(0);
	for (volatile uint32_t *p = stack_low; p < here - 64; p++)
		*p = paint;
	main();
	for (;;)
		;
}

// stuck is where anything unexpected ends; a watchdog timer starts the board anew from here, its motors off.
__attribute__((noreturn)) void stuck(void)
{
	for (;;)
		;
}

typedef void (*vector)(void);

#ifndef UART_VECTOR
#error "UART_VECTOR, and TIMER_VECTOR where there is one: interrupt numbers of the board"
#endif

__attribute__((section(".vectors"), used)) static const vector vectors[16 + 96] = {
    [0] = (vector)(uintptr_t)stack_top, [1] = reset, [2] = stuck, [3] = stuck, [4] = stuck, [5] = stuck, [6] = stuck,
    [11] = stuck, [14] = stuck, [15] = stuck, [16 + UART_VECTOR] = uart_irq,
#ifdef TIMER_VECTOR
    [16 + TIMER_VECTOR] = timer_irq,
#endif
};
