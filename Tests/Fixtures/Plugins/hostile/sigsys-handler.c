/* Hostile: puts itself in the place where the sandbox hears of forbidden calls, makes one, and asks who was told. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static volatile sig_atomic_t heard;
static void hear(int signal) { heard = signal; }

static void attack(void) {
  struct sigaction own = {.sa_handler = hear}, none = {.sa_handler = SIG_IGN};
  tried("sigaction", sigaction(SIGSYS, &own, NULL));
  tried("sigaction to ignore", sigaction(SIGSYS, &none, NULL));
  tried("signal", signal(SIGSYS, SIG_DFL) == SIG_ERR ? -1 : 0);
  tried("ptrace", syscall(SYS_ptrace, 0, 0, 0, 0));
  note("\n%s", heard ? "the plugin was told" : "somebody else was told");
}
