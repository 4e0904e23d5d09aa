/*
 * Hostile: acts on the whole machine. Each attempt carries an argument that the kernel refuses, so that one that is let
 * through fails with another reason than the sandbox's.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  static const char nowhere[] = "/hostile-there-is-no-such-place";
  struct timespec never = {-1, -1};
  tried("reboot", syscall(SYS_reboot, 0, 0, 0, NULL));
  tried("init_module", syscall(SYS_init_module, NULL, 0, NULL));
  tried("finit_module", syscall(SYS_finit_module, -1, "", 0));
  tried("delete_module", syscall(SYS_delete_module, NULL, 0));
  tried("kexec_load", syscall(SYS_kexec_load, 0, ~0ul, NULL, ~0ul));
  tried("swapon", syscall(SYS_swapon, nowhere, 0));
  tried("swapoff", syscall(SYS_swapoff, nowhere));
  tried("acct", syscall(SYS_acct, nowhere));
  tried("quotactl", syscall(SYS_quotactl, ~0, nowhere, 0, NULL));
  tried("sethostname", syscall(SYS_sethostname, NULL, -1));
  tried("setdomainname", syscall(SYS_setdomainname, NULL, -1));
  tried("clock_settime", syscall(SYS_clock_settime, 4711, &never));
  tried("quotactl_fd", syscall(SYS_quotactl_fd, -1, ~0u, 0, NULL));
#ifdef SYS_iopl
  tried("iopl", syscall(SYS_iopl, 4711));
  tried("ioperm", syscall(SYS_ioperm, ~0ul, ~0ul, 1));
#endif
}
