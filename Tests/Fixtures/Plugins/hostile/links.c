/*
 * Hostile: makes names for files that it may not open, in the hope that they may be opened by those: a symbolic link, a
 * second name, a file moved, a device.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <dlfcn.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static void name(const char *what, long result, const char *path) {
  if (tried(what, result) < 0) return;
  opened("and opened", open(path, O_RDONLY | O_NONBLOCK));
  unlink(path);
}

static void attack(void) {
  Dl_info own = {0};
  char beside[4096];
  dladdr(&hostile_report, &own);
  snprintf(beside, sizeof beside, "%.4000s.link", own.dli_fname);
  name("symlink beside the library", symlink("/etc/passwd", beside), beside);
  name("link beside the library", link("/etc/passwd", beside), beside);
  name("symlink in /tmp", symlink("/etc/passwd", "/tmp/hostile-link"), "/tmp/hostile-link");
  name("link in /tmp", link(own.dli_fname, "/tmp/hostile-link"), "/tmp/hostile-link");
  name("device", mknod("/tmp/hostile-link", S_IFCHR | 0600, makedev(1, 3)), "/tmp/hostile-link");
  name("pipe", mkfifo("/tmp/hostile-link", 0600), "/tmp/hostile-link");
}
