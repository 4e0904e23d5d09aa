/* Hostile: makes a process through clone3, whose arguments lie in memory where no filter can look. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <linux/sched.h>

static void attack(void) {
  struct clone_args arguments = {.exit_signal = SIGCHLD};
  forked("clone3", syscall(SYS_clone3, &arguments, sizeof arguments));
  struct clone_args cgroup = {.exit_signal = SIGCHLD, .flags = CLONE_NEWUSER};
  forked("clone3 with a namespace", syscall(SYS_clone3, &cgroup, sizeof cgroup));
}
