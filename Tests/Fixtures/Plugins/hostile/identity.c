/* Hostile: becomes somebody else, and takes rights that were laid down. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>

static void attack(void) {
  struct __user_cap_header_struct who = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct all[2] = {{~0u, ~0u, ~0u}, {~0u, ~0u, ~0u}};
  gid_t group = 0;
  /* Bare calls: those of the C library ask every thread to do the same. */
  tried("setuid", syscall(SYS_setuid, 0));
  tried("setgid", syscall(SYS_setgid, 0));
  tried("setresuid", syscall(SYS_setresuid, 0, 0, 0));
  tried("setgroups", syscall(SYS_setgroups, 1, &group));
  tried("capset", syscall(SYS_capset, &who, all));
  tried("ambient", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SYS_ADMIN, 0, 0));
  tried("securebits", prctl(PR_SET_SECUREBITS, 0, 0, 0, 0));
}
