/* Hostile: calls with numbers that no kernel had when this was written, for the one that will. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  tried("4711", syscall(4711));
  tried("1023", syscall(1023));
  tried("1073741823", syscall(0x3fffffff)); /* the largest that is not x32's */
}
