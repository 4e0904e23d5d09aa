/*
 * Hostile: takes descriptors until there are no more, and keeps them: whatever the runner wants to open later has to do
 * without. It stops by itself at 100,000.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  int count = 0;
  while (count < 100000 && dup(2) >= 0) count++;
  int why = errno;
  note("%s after %d descriptors", count < 100000 ? strerrorname_np(why) : "nobody minded", count);
}
