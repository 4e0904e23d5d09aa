/*
 * Hostile: floods standard error with what the sandbox would write there about forbidden calls, as many lines as the
 * question says, so that the host is busy with its log. Most numbers are none that there is.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  char line[128];
  for (long i = strtol(hostile_input, NULL, 10); i > 0; i--) {
    int n = snprintf(line, sizeof line, "\001jackfield-sandbox syscall=%ld arg0=%lx count=1\n", i, i);
    if (write(2, line, (size_t)n) < 0) break;
  }
  note("flooded");
}
