/* Hostile: sends signals to the host, in all the ways that there are. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  pid_t host = getppid();
  siginfo_t info = {0};
  info.si_code = SI_QUEUE;
  tried("kill", kill(host, SIGTERM));
  tried("kill with 0", kill(host, 0));
  tried("tkill", syscall(SYS_tkill, host, SIGTERM));
  tried("tgkill", syscall(SYS_tgkill, host, host, SIGTERM));
  tried("rt_sigqueueinfo", syscall(SYS_rt_sigqueueinfo, host, SIGTERM, &info));
  tried("rt_tgsigqueueinfo", syscall(SYS_rt_tgsigqueueinfo, host, host, SIGTERM, &info));
}
