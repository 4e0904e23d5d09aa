/*
 * Hostile: fills the disk: a file in memory of 64 GiB, and one in its private folder where it has one. Neither holds a
 * byte, so that nothing happens where it is let through.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void grow(const char *what, int file) {
  signal(SIGXFSZ, SIG_IGN);
  tried(what, ftruncate(file, (off_t)64 << 30));
  if (file >= 0) close(file);
}

static void attack(void) {
  const char *folder = getenv("TMPDIR");
  char path[4096];
  int memory = memfd_create("hostile", 0);
  tried("memfd_create", memory);
  grow("64 GiB of memory", memory);
  snprintf(path, sizeof path, "%s/hostile-huge", folder ? folder : "/tmp");
  int file = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
  tried(folder ? "a file of its own" : "a file in /tmp", file);
  grow("64 GiB of disk", file);
  if (file >= 0) unlink(path);
}
