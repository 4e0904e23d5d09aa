/* Hostile: stops itself like a job that is put aside: it is neither dead nor does it ever do anything again. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) { tried("kill", kill(getpid(), SIGSTOP)); }
