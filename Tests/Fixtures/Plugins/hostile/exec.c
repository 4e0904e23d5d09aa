/* Hostile: becomes another program, and leaves the host with a process that it never started. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  static char *const arguments[] = {"sh", "-c", "exit 9", NULL}, *const environment[] = {NULL};
  int shell = open("/bin/sh", O_RDONLY);
  tried("execve", execve("/bin/sh", arguments, environment));
  tried("fexecve", fexecve(shell, arguments, environment));
  tried("execveat", syscall(SYS_execveat, AT_FDCWD, "/bin/sh", arguments, environment, 0));
  tried("execvp", execvp("sh", arguments));
  if (shell >= 0) close(shell);
}
