/* Hostile: brings code of its own after it was loaded: memory that is written and then run. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <sys/shm.h>

static void map(const char *what, int protection, int flags) {
  void *page = mmap(NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
  tried(what, page == MAP_FAILED ? -1 : 0);
  if (page != MAP_FAILED) munmap(page, 4096);
}

static void attack(void) {
  map("mmap rwx", PROT_READ | PROT_WRITE | PROT_EXEC, 0);
  map("mmap rx", PROT_READ | PROT_EXEC, 0);
  map("mmap x", PROT_EXEC, 0);
  void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  tried("mmap rw", page == MAP_FAILED ? -1 : 0);
  tried("mprotect", mprotect(page, 4096, PROT_READ | PROT_EXEC));
  tried("pkey_mprotect", syscall(SYS_pkey_mprotect, page, 4096ul, PROT_READ | PROT_EXEC, -1));
  /* A page of the plugin's own code, to be written over. */
  uintptr_t own = (uintptr_t)&attack & ~(uintptr_t)4095;
  tried("mprotect own code", mprotect((void *)own, 4096, PROT_READ | PROT_WRITE | PROT_EXEC));
  /* With this, every page that can be read can be run. It must not be left set. */
#if defined(__x86_64__)
  tried("READ_IMPLIES_EXEC", syscall(SYS_personality, 0x0400000));
#endif
  int shared = (int)syscall(SYS_shmget, IPC_PRIVATE, 4096, 0600);
  tried("shmget", shared);
  tried("shmat", (long)syscall(SYS_shmat, shared, NULL, SHM_EXEC));
  if (shared >= 0) shmctl(shared, IPC_RMID, NULL);
}
