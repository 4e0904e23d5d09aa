/*
 * Hostile: reads and writes the host's memory with the system calls made for it. Nothing is written: no byte is given.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <linux/kcmp.h>
#include <sys/uio.h>

static void attack(void) {
  char byte;
  struct iovec mine = {&byte, 1}, theirs = {&byte, 1}, nothing = {&byte, 0};
  pid_t host = getppid();
  tried("process_vm_readv", process_vm_readv(host, &mine, 1, &theirs, 1, 0));
  tried("process_vm_writev", process_vm_writev(host, &nothing, 1, &nothing, 1, 0));
  tried("kcmp", syscall(SYS_kcmp, getpid(), host, KCMP_FILE, 0, 0));
  tried("process_madvise", syscall(SYS_process_madvise, -1, &nothing, 1, 0, 0));
  tried("move_pages", syscall(SYS_move_pages, host, 0, NULL, NULL, NULL, 0));
  tried("get_robust_list", syscall(SYS_get_robust_list, host, &byte, &byte));
}
