/* Hostile: takes the host over as a debugger would. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <sys/ptrace.h>

static void attack(void) {
  /* Seizing does not stop the host, and ends with this process. */
  long seized = tried("PTRACE_SEIZE", ptrace(PTRACE_SEIZE, getppid(), NULL, NULL));
  if (seized == 0) ptrace(PTRACE_DETACH, getppid(), NULL, NULL);
  tried("PTRACE_PEEKDATA", ptrace(PTRACE_PEEKDATA, getppid(), NULL, NULL));
}
