/*
 * Hostile: closes every descriptor, one by one and as a range, and puts another one in the place of the wire. Nobody
 * hears it again if it succeeds.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  static const char *const close_names[] = {"close 0", "close 1", "close 2", "close 3"};
  int other = dup(2);
  for (int i = 0; i < 4; i++) tried(close_names[i], close(i));
  tried("close_range", syscall(SYS_close_range, 0, ~0u, 0));
  tried("close_range on exec", syscall(SYS_close_range, 3, 3, 4));
  tried("dup2 onto 3", dup2(other, 3));
  tried("dup3 onto 3", dup3(other, 3, 0));
  for (int i = 4; i < 1024; i++) close(i);
  tried("shutdown", syscall(SYS_shutdown, 3, 2));
}
