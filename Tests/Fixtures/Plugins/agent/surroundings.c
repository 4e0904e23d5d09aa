/*
 * Good: answers with what its process was given: the names in its environment, the numbers of its open descriptors, its
 * folder, whether it leads its own group, whether it may gain privileges, and whether it may be dumped.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char text[8192], folder[4096] = "unknown";
  size_t at = 0;
  at += (size_t)snprintf(text + at, sizeof text - at, "environment:");
  for (char **entry = environ; entry && *entry && at < 4096; entry++)
    at += (size_t)snprintf(text + at, sizeof text - at, " %.*s", (int)strcspn(*entry, "="), *entry);
  at += (size_t)snprintf(text + at, sizeof text - at, "\ndescriptors:");
  for (int descriptor = 0; descriptor < 1024 && at < 6000; descriptor++)
    if (fcntl(descriptor, F_GETFD) >= 0) at += (size_t)snprintf(text + at, sizeof text - at, " %d", descriptor);
  if (getcwd(folder, sizeof folder) == NULL) strcpy(folder, "unreadable");
  snprintf(text + at, sizeof text - at, "\nfolder: %.1000s\ngroup: %s\nno new privileges: %d\ndumpable: %d", folder,
           getpgrp() == getpid() ? "own" : "another's", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0),
           prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
  answer(self, start->call, text);
  return JACKFIELD_OK;
}
