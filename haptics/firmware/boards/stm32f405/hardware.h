// Register-level drivers of the stm32f405 board. Compiled, never powered: no line of this has met a chip.
//
// Pins (STM32F405RG, LQFP64):
//	PA0, PA1   TIM5 CH1, CH2   axial encoder, quadrature, 32 bits, 10 um per count
//	PA6, PA7   TIM3 CH1, CH2   twist encoder, quadrature, 4096 counts per turn
//	PA8, PB13  TIM1 CH1, CH1N  axial motor bridge, 20 kHz, dead time 0.5 us
//	PB12       TIM1 BKIN       emergency stop, high or broken wire = cut (in hardware, without the processor)
//	PB6        TIM4 CH1        twist brake, PWM
//	PC0..PC5   ADC1 IN10..15   load cell, temperature, supply, tilt x, tilt y, trigger
//	PC6        GPIO in         emergency stop, high or broken wire = pressed
//	PC7        GPIO in         hand behind the leg, low = there
//	PC8        GPIO in         stylet out, low = out
//	PC9        GPIO out        driver enable, through the emergency stop's contact; 10 kOhm to ground at the driver
//	PC10, PC11 USART3 TX, RX   host, 1 Mbaud, 8N1
//	PC12       GPIO in         driver's fault output, low = fault
#ifndef OSSEO_HARDWARE_H
#define OSSEO_HARDWARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ADC_LOAD, ADC_TEMPERATURE, ADC_SUPPLY, ADC_TILT_X, ADC_TILT_Y, ADC_TRIGGER, ADC_COUNT };

void hardware_start(void);
uint64_t hardware_us(void);		 // since start
void hardware_feed(void);		 // independent watchdog, 16 ms
void hardware_sample(void);		 // before the conversions of an evaluation are read
int32_t hardware_axial(void);		 // counts of 10 um
int32_t hardware_twist(void);		 // counts, cumulative
uint16_t hardware_adc(unsigned channel); // 0..4095, the newest conversion
bool hardware_stopped(void);
uint8_t hardware_trouble(void); // enum trouble
bool hardware_behind(void);
bool hardware_stylet_out(void);
void hardware_motor(bool powered, int32_t permille); // of the supply, -1000..1000, positive outward
void hardware_brake(int32_t permille);		     // 0..1000
bool hardware_receive(uint8_t *byte);
void hardware_send(const uint8_t *b, size_t n); // what does not fit is lost
uint16_t hardware_overflows(void);

#endif
