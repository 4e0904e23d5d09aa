/* Hostile: makes itself a world in which it is the administrator, and steps into others'. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <sched.h>

static void attack(void) {
  char path[64];
  tried("unshare user", unshare(CLONE_NEWUSER));
  tried("unshare mount", unshare(CLONE_NEWNS));
  tried("unshare network", unshare(CLONE_NEWNET));
  tried("unshare files", unshare(CLONE_FILES));
  snprintf(path, sizeof path, "/proc/%d/ns/net", getppid());
  int theirs = open(path, O_RDONLY);
  tried("open the host's", theirs);
  tried("setns", setns(theirs, 0));
  if (theirs >= 0) close(theirs);
}
