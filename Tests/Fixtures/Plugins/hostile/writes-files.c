/*
 * Hostile: writes where it must not: into /tmp, into its own folder (its library, for the next start), into what the
 * runner has open. A file that it could make it removes again.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <dlfcn.h>
#include <sys/stat.h>

static void make(const char *what, const char *path) {
  int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (tried(what, file) >= 0) {
    close(file);
    unlink(path);
  }
}

static void attack(void) {
  Dl_info own = {0};
  char beside[4096];
  dladdr(&hostile_report, &own);
  snprintf(beside, sizeof beside, "%.4000s.next", own.dli_fname);
  make("a file in /tmp", "/tmp/hostile-was-here");
  make("a file in /dev/shm", "/dev/shm/hostile-was-here");
  make("a file in /var/tmp", "/var/tmp/hostile-was-here");
  make("a file beside the library", beside);
  make("a file where it stands", "hostile-was-here");
  opened("its own library", open(own.dli_fname, O_WRONLY));
  tried("its own library's length", truncate(own.dli_fname, 1 << 30));
  tried("its own library's name", rename(own.dli_fname, beside));
  tried("a folder", mkdir("/tmp/hostile-folder", 0700));
  rmdir("/tmp/hostile-folder");
}
