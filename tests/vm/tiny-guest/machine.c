// SPDX-License-Identifier: LGPL-2.1-or-later
/* The BIOS's clock, and the power management that SeaBIOS sets up at the same ports in QEMU's pc and q35. */
#include "machine.h"

#define BIOS_TICKS 0x46c

/* ACPI 6.4, section 4.8.3: PM1 status, enable and control. */
#define PM1_STATUS  0x600
#define PM1_ENABLE  0x602
#define PM1_CONTROL 0x604
#define PM1_BUTTON  0x0100
#define PM1_SLEEP   0x2000 /* with the sleep type 0, which is S5 in QEMU */

uint32_t clock_ticks(void)
{
	volatile uint32_t *ticks;

	/* Hidden from the compiler, which takes such an address for a null pointer with an offset. */
	__asm__("movl %1, %0" : "=r"(ticks) : "i"(BIOS_TICKS));
	return *ticks;
}

void clock_sleep(void)
{
	__asm__ volatile("sti; hlt" : : : "memory");
}

void power_listen(void)
{
	outw(PM1_ENABLE, PM1_BUTTON);
}

bool power_is_pressed(void)
{
	return inw(PM1_STATUS) & PM1_BUTTON;
}

_Noreturn void power_off(void)
{
	for (;;)
		outw(PM1_CONTROL, PM1_SLEEP);
}
