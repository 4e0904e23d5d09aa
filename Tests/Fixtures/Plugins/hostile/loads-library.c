/*
 * Hostile: loads another library after it was loaded itself: one from a folder that everybody can write to, and one of
 * the system's. The reasons are the loader's words, so only success and failure are told.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <dlfcn.h>

static void load(const char *what, const char *path) {
  void *library = dlopen(path, RTLD_NOW);
  note("%s%s: %s", hostile_reported ? "\n" : "", what, library ? "done" : "failed");
}

static void attack(void) {
  load("from /tmp", "/tmp/hostile-second-stage.so");
  /* Of the system's, and surely not loaded yet. */
  load("libanl", "libanl.so.1");
  load("libBrokenLocale", "libBrokenLocale.so.1");
}
