/* Hostile: reads the host's memory, environment and descriptors through /proc. Nothing that it reads is repeated. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void look(const char *name) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", getppid(), name);
  opened(name, open(path, O_RDONLY));
}

static void attack(void) {
  look("environ");
  look("mem");
  look("maps");
  look("cmdline");
  look("status");
  look("fd");
  look("root");
  look("cwd");
}
