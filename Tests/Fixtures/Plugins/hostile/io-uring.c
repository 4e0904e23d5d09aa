/* Hostile: sets up a ring on which the kernel does work that no filter of system calls sees. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <linux/io_uring.h>

static void attack(void) {
  struct io_uring_params parameters = {0};
  opened("io_uring_setup", syscall(SYS_io_uring_setup, 4, &parameters));
  tried("io_uring_enter", syscall(SYS_io_uring_enter, -1, 0, 0, 0, NULL, 0));
  tried("io_uring_register", syscall(SYS_io_uring_register, -1, 0, NULL, 0));
}
