#include "hardware.h"

#include "board.h"
#include "leg.h"

// Addresses and bits: RM0090 rev 19.
#define REGISTER(a) (*(volatile uint32_t *)(a))
#define RCC(offset) REGISTER(0x40023800u + (offset))
#define FLASH_ACR REGISTER(0x40023C00u)
#define FLASH_OPTCR REGISTER(0x40023C14u)
#define GPIO(port, offset) REGISTER(0x40020000u + 0x400u * (port) + (offset))
#define TIM1(offset) REGISTER(0x40010000u + (offset))
#define TIM2(offset) REGISTER(0x40000000u + (offset))
#define TIM3(offset) REGISTER(0x40000400u + (offset))
#define TIM4(offset) REGISTER(0x40000800u + (offset))
#define TIM5(offset) REGISTER(0x40000C00u + (offset))
#define USART3(offset) REGISTER(0x40004800u + (offset))
#define ADC1(offset) REGISTER(0x40012000u + (offset))
#define ADC_CCR REGISTER(0x40012304u)
#define DMA2(offset) REGISTER(0x40026400u + (offset))
#define IWDG(offset) REGISTER(0x40003000u + (offset))
#define NVIC_ENABLE(n) REGISTER(0xE000E100u + 4u * (n))

enum {
	PORT_A, PORT_B, PORT_C,
	MODER = 0x00, PUPDR = 0x0C, IDR = 0x10, BSRR = 0x18, AFRL = 0x20, AFRH = 0x24,
	CR1 = 0x00, SMCR = 0x08, DIER = 0x0C, SR = 0x10, EGR = 0x14, CCMR1 = 0x18, CCER = 0x20, CNT = 0x24, PSC = 0x28, ARR = 0x2C,
	CCR1 = 0x34, BDTR = 0x44,
	SR_ADC = 0x00, ADC_OVERRUN = 1 << 5,
	BREAK_FLAG = 1 << 7,
	PWM_TOP = 4200, // centre-aligned, 168 MHz / (2 * 4200) = 20 kHz
	BRAKE_TOP = 4200,
	RING = 1024,
};

static volatile uint8_t in[RING], out[RING];
static volatile uint16_t in_head, in_tail, out_head, out_tail, lost;
static volatile uint16_t converted[ADC_COUNT];
static bool revived; // by the independent watchdog; until told

static void alternate(unsigned port, unsigned pin, unsigned function)
{
	GPIO(port, MODER) = (GPIO(port, MODER) & ~(3u << 2 * pin)) | 2u << 2 * pin;
	unsigned offset = pin < 8 ? AFRL : AFRH, shift = 4 * (pin & 7);
	GPIO(port, offset) = (GPIO(port, offset) & ~(15u << shift)) | function << shift;
}

static void pull_up(unsigned port, unsigned pin) { GPIO(port, PUPDR) = (GPIO(port, PUPDR) & ~(3u << 2 * pin)) | 1u << 2 * pin; }

// start_watchdog comes first: whatever start-up waits for, a crystal that does not swing, ends in a new start.
static void start_watchdog(void)
{
	IWDG(0x00) = 0xCCCCu; // on, and with it the 32 kHz oscillator (17 to 47 kHz)
	IWDG(0x00) = 0x5555u;
	IWDG(0x04) = 0u;   // 32 kHz / 4
	IWDG(0x08) = 128u; // 16 ms, 11 to 30 by the oscillator
	while (IWDG(0x0C) & 3u)
		;
	IWDG(0x00) = 0xAAAAu;
}

// start_clock: 8 MHz crystal, PLL 8/8*336/2 = 168 MHz; APB1 42 MHz, APB2 84 MHz. A crystal that stops is seen by the clock
// security system, which breaks TIM1 in hardware and ends in stuck (NMI), and so in a new start.
static void start_clock(void)
{
	RCC(0x00) |= 1u << 16;
	while (!(RCC(0x00) & 1u << 17))
		;
	RCC(0x00) |= 1u << 19;
	FLASH_ACR = 5u | 1u << 8 | 1u << 9 | 1u << 10;
	RCC(0x04) = 8u | 336u << 6 | 0u << 16 | 1u << 22 | 7u << 24;
	RCC(0x00) |= 1u << 24;
	while (!(RCC(0x00) & 1u << 25))
		;
	RCC(0x08) = 5u << 10 | 4u << 13 | 2u;
	while ((RCC(0x08) >> 2 & 3u) != 2u)
		;
	RCC(0x30) |= 7u | 1u << 22;			     // GPIO A B C, DMA2
	RCC(0x40) |= 1u | 1u << 1 | 1u << 2 | 1u << 3 | 1u << 18; // TIM2 3 4 5, USART3
	RCC(0x44) |= 1u | 1u << 8;			     // TIM1, ADC1
	(void)RCC(0x44);				     // a peripheral answers two cycles after its clock
	revived = RCC(0x74) & 1u << 29;			     // the watchdog's mark
	RCC(0x74) |= 1u << 24;				     // and the others': gone
}

static void start_encoders(void)
{
	alternate(PORT_A, 0, 2);
	alternate(PORT_A, 1, 2);
	alternate(PORT_A, 6, 2);
	alternate(PORT_A, 7, 2);
	TIM5(CCMR1) = TIM3(CCMR1) = 1u | 1u << 8 | 3u << 4 | 3u << 12; // both inputs, filtered
	TIM5(SMCR) = TIM3(SMCR) = 3u;
	TIM5(ARR) = 0xFFFFFFFFu;
	TIM3(ARR) = 0xFFFFu;
	TIM5(CR1) = TIM3(CR1) = 1u;
}

static void start_motors(void)
{
	GPIO(PORT_C, BSRR) = 1u << 25; // enable, low
	GPIO(PORT_C, MODER) |= 1u << 18;
	alternate(PORT_B, 12, 1);
	pull_up(PORT_B, 12);
	alternate(PORT_B, 6, 2);
	TIM1(ARR) = PWM_TOP;
	TIM1(CCMR1) = 6u << 4 | 1u << 3;
	TIM1(CCER) = 1u | 1u << 2;
	TIM1(CCR1) = PWM_TOP / 2;
	// Dead time 0.5 us; locked against change; both outputs low while off; break by a high line, no automatic return.
	TIM1(BDTR) = 84u | 1u << 8 | 1u << 10 | 1u << 12 | 1u << 13;
	TIM1(EGR) = 1u;
	TIM1(CR1) = 1u | 1u << 5;
	alternate(PORT_A, 8, 1);
	alternate(PORT_B, 13, 1);
	TIM1(SR) = 0; // a break while the pins were being set is none
	TIM4(ARR) = BRAKE_TOP;
	TIM4(CCMR1) = 6u << 4 | 1u << 3;
	TIM4(CCER) = 1u;
	TIM4(CR1) = 1u;
}

static void convert(void)
{
	DMA2(0x10) = 0;
	while (DMA2(0x10) & 1u)
		;
	DMA2(0x08) = 0x3Du; // stream 0: flags of the last run
	DMA2(0x10 + 0x08) = 0x40012000u + 0x4Cu;
	DMA2(0x10 + 0x0C) = (uint32_t)(uintptr_t)converted;
	DMA2(0x10 + 0x04) = ADC_COUNT;
	DMA2(0x10) = 1u << 8 | 1u << 10 | 1u << 11 | 1u << 13 | 1u; // circular, increment, halfwords
	ADC1(SR_ADC) = 0;
	ADC1(0x08) = 1u;
	for (volatile unsigned k = 0; k < 200; k++) // 3 us to settle
		;
	ADC1(0x08) = 1u | 1u << 1 | 1u << 8 | 1u << 9; // on, continuous, DMA, DMA goes on
	ADC1(0x08) |= 1u << 30;
}

static void start_adc(void)
{
	GPIO(PORT_C, MODER) |= 0xFFFu; // PC0..PC5 analogue
	ADC_CCR = 1u << 16;	       // 84 MHz / 4 = 21 MHz; 36 are the most
	ADC1(0x04) = 1u << 8;	       // scan
	ADC1(0x0C) = 0x36DB6u;	       // IN10..15 sampled for 144 cycles: all six anew each 45 us
	ADC1(0x2C) = (ADC_COUNT - 1u) << 20;
	ADC1(0x34) = 10u | 11u << 5 | 12u << 10 | 13u << 15 | 14u << 20 | 15u << 25;
	convert();
}

static void start_serial(void)
{
	alternate(PORT_C, 10, 7);
	alternate(PORT_C, 11, 7);
	pull_up(PORT_C, 11);
	USART3(0x08) = 42u; // 42 MHz / 1 Mbaud
	USART3(0x0C) = 1u << 13 | 1u << 5 | 1u << 3 | 1u << 2;
}

void hardware_start(void)
{
	start_watchdog();
	start_clock();
	TIM2(PSC) = 83; // 84 MHz / 84: us
	TIM2(ARR) = 0xFFFFFFFFu;
	TIM2(EGR) = 1u;
	TIM2(CR1) = 1u;
	for (unsigned pin = 6; pin <= 8; pin++)
		pull_up(PORT_C, pin);
	pull_up(PORT_C, 12);
	start_encoders();
	start_motors();
	start_adc();
	start_serial();
	NVIC_ENABLE(UART_VECTOR / 32) = 1u << UART_VECTOR % 32; // USART3 is number 39
}

void hardware_feed(void) { IWDG(0x00) = 0xAAAAu; }

uint64_t hardware_us(void)
{
	static uint32_t last;
	static uint64_t us;
	uint32_t now = TIM2(CNT);
	us += now - last;
	last = now;
	return us;
}

int32_t hardware_axial(void) { return (int32_t)TIM5(CNT); }

int32_t hardware_twist(void)
{
	static uint16_t last;
	static int32_t total;
	uint16_t now = (uint16_t)TIM3(CNT);
	total += (int16_t)(now - last);
	last = now;
	return total;
}

void hardware_sample(void)
{
	// A conversion nobody fetched stops all of them: what is read would be old for ever.
	if (ADC1(SR_ADC) & ADC_OVERRUN)
		convert();
}

uint16_t hardware_adc(unsigned channel) { return converted[channel]; }

// hardware_stopped is true while the line is high, and once for each break of the timer, however short.
bool hardware_stopped(void)
{
	bool broken = TIM1(SR) & BREAK_FLAG;
	if (broken)
		TIM1(SR) = ~(uint32_t)BREAK_FLAG;
	return broken || (GPIO(PORT_C, IDR) & 1u << 6);
}

uint8_t hardware_trouble(void)
{
	if (!(GPIO(PORT_C, IDR) & 1u << 12))
		return TROUBLE_BRIDGE;
	if ((FLASH_OPTCR & 0x0Cu) == 0x0Cu)
		return TROUBLE_BROWNOUT;
	if (revived) {
		revived = false;
		return TROUBLE_WATCHDOG;
	}
	return TROUBLE_NONE;
}

bool hardware_behind(void) { return !(GPIO(PORT_C, IDR) & 1u << 7); }
bool hardware_stylet_out(void) { return !(GPIO(PORT_C, IDR) & 1u << 8); }

void hardware_motor(bool powered, int32_t permille)
{
	TIM1(CCR1) = (uint32_t)(PWM_TOP / 2 + permille * (PWM_TOP / 2) / 1000);
	if (powered)
		TIM1(BDTR) |= 1u << 15;
	else
		TIM1(BDTR) &= ~(1u << 15);
	GPIO(PORT_C, BSRR) = powered ? 1u << 9 : 1u << 25;
}

void hardware_brake(int32_t permille) { TIM4(CCR1) = (uint32_t)(permille * BRAKE_TOP / 1000); }

bool hardware_receive(uint8_t *byte)
{
	if (in_tail == in_head)
		return false;
	*byte = in[in_tail];
	in_tail = (uint16_t)((in_tail + 1) % RING);
	return true;
}

void hardware_send(const uint8_t *b, size_t n)
{
	uint16_t room = (uint16_t)((RING + out_tail - out_head - 1) % RING);
	if (n > room) // a whole frame or none
		return;
	while (n--) {
		out[out_head] = *b++;
		out_head = (uint16_t)((out_head + 1) % RING);
	}
	USART3(0x0C) |= 1u << 7;
}

uint16_t hardware_overflows(void) { return lost; }

void uart_irq(void)
{
	uint32_t status = USART3(0x00);
	if (status & (1u << 5 | 1u << 3)) {
		uint8_t x = (uint8_t)USART3(0x04);
		uint16_t next = (uint16_t)((in_head + 1) % RING);
		if (next == in_tail || (status & 1u << 3)) {
			lost++;
		} else {
			in[in_head] = x;
			in_head = next;
		}
	}
	if (status & 1u << 7) {
		if (out_tail == out_head) {
			USART3(0x0C) &= ~(1u << 7);
			return;
		}
		USART3(0x04) = out[out_tail];
		out_tail = (uint16_t)((out_tail + 1) % RING);
	}
}
