/* Hostile: changes what is known of a file of its own: rights, owner, times, attributes; and deletes it. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <dlfcn.h>
#include <sys/stat.h>
#include <sys/xattr.h>

static void attack(void) {
  Dl_info own = {0};
  dladdr(&hostile_report, &own);
  const char *file = own.dli_fname;
  struct timespec times[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
  tried("chmod", chmod(file, 0755));
  tried("chown", chown(file, (uid_t)-1, (gid_t)-1));
  tried("utimensat", utimensat(AT_FDCWD, file, times, 0));
  tried("setxattr", setxattr(file, "user.hostile", "x", 1, 0));
  tried("getxattr", getxattr(file, "user.hostile", NULL, 0));
  tried("unlink", unlink(file));
}
