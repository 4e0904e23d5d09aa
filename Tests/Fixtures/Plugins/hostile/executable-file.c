/* Hostile: writes code to a file that has no name, and runs it from there. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <dlfcn.h>

static void attack(void) {
  int file = memfd_create("hostile", 0);
  tried("memfd_create", file);
  tried("memfd_create for code", memfd_create("hostile", 0x0010u)); /* MFD_EXEC, Linux 6.3 */
  tried("memfd_secret", syscall(SYS_memfd_secret, 0));
  if (file >= 0) {
    tried("ftruncate", ftruncate(file, 4096));
    void *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0);
    tried("mmap", code == MAP_FAILED ? -1 : 0);
    tried("execveat", syscall(SYS_execveat, file, "", NULL, NULL, AT_EMPTY_PATH));
    close(file);
  }
}
