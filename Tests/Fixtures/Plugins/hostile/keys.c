/* Hostile: leaves keys in the kernel for a later life, and looks for those of others. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  enum { PROCESS_KEYRING = -2, SESSION_KEYRING = -3, GET_KEYRING_ID = 0, JOIN_SESSION = 1 };
  tried("keyctl", syscall(SYS_keyctl, GET_KEYRING_ID, SESSION_KEYRING, 0));
  tried("add_key", syscall(SYS_add_key, "user", "hostile", "x", 1, PROCESS_KEYRING));
  tried("request_key", syscall(SYS_request_key, "user", "hostile", NULL, 0));
}
