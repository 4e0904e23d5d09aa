/* Hostile: gives itself more than it was given: limits, priority, a processor of its own, locked memory. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <sched.h>
#include <sys/resource.h>

static void raise_limit(const char *what, int resource) {
  struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
  /* The number of descriptors has a bound in the kernel that is below infinity. */
  struct rlimit many = {65536, 65536};
  tried(what, setrlimit(resource, resource == RLIMIT_NOFILE ? &many : &none));
}

static void attack(void) {
  struct rlimit one = {RLIM_INFINITY, RLIM_INFINITY};
  struct sched_param realtime = {.sched_priority = 1};
  raise_limit("memory", RLIMIT_AS);
  raise_limit("descriptors", RLIMIT_NOFILE);
  raise_limit("file size", RLIMIT_FSIZE);
  raise_limit("core", RLIMIT_CORE);
  raise_limit("processor time", RLIMIT_CPU);
  tried("the parent's", syscall(SYS_prlimit64, getppid(), RLIMIT_NICE, NULL, &one));
  /* Allowed, and without effect. */
  tried("priority", setpriority(PRIO_PROCESS, 0, -20));
  note(", and is %d", getpriority(PRIO_PROCESS, 0));
  tried("real time", sched_setscheduler(0, SCHED_FIFO, &realtime));
  static char page[4096] __attribute__((aligned(4096)));
  tried("locked memory", mlock(page, sizeof page));
}
