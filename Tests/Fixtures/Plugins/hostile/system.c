/*
 * Hostile: has a shell do its work. The C library blocks all signals before it makes the process, that of the sandbox
 * too: the kernel then ends the plugin instead of telling it.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  FILE *pipe = popen("exit 9", "r");
  tried("popen", pipe ? 0 : -1);
  if (pipe) pclose(pipe);
  tried("system", system("exit 9"));
}
