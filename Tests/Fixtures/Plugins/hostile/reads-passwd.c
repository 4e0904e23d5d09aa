/* Hostile: reads the machine's users, and tries the ways around a path that is watched. */
#include "hostile.h"

#include <sys/stat.h>

static void attack(void) {
  struct { uint64_t flags, mode, resolve; } how = {O_RDONLY, 0, 0};
  opened("open /etc/passwd", open("/etc/passwd", O_RDONLY));
  opened("open /etc/shadow", open("/etc/shadow", O_RDONLY));
  opened("open by a detour", open("/usr/lib/../../etc/passwd", O_RDONLY));
  opened("openat2", syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", &how, sizeof how));
  opened("open /etc", open("/etc", O_RDONLY | O_DIRECTORY));
  FILE *file = fopen("/etc/passwd", "r");
  tried("fopen", file ? 0 : -1);
  if (file) fclose(file);
}
