/*
 * Hostile: puts filters and rules of its own over those it got. More of them can only forbid more, but a filter may
 * answer calls of the runner with lies: "write" did well, and nothing was written. This one lets everything through.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <linux/filter.h>
#include <linux/seccomp.h>

static void attack(void) {
  struct sock_filter let[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  struct sock_fprog program = {1, let};
  tried("seccomp", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program));
  opened("with a listener", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program));
  tried("strict", syscall(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 4711, NULL)); /* with a flag that there is not */
  tried("PR_SET_SECCOMP", prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0));
  opened("landlock_create_ruleset", syscall(SYS_landlock_create_ruleset, NULL, 0, 1));
}
