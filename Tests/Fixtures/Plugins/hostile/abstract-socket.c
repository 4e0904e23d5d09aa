/* Hostile: connects to a socket that has a name and no file, so that no permission of a file protects it. */
#include "hostile.h"

#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

static void attack(void) {
  struct sockaddr_un there = {.sun_family = AF_UNIX, .sun_path = "\0hostile-nobody-listens"};
  int out = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  tried("socket", out);
  tried("connect", connect(out, (struct sockaddr *)&there, offsetof(struct sockaddr_un, sun_path) + 23));
  tried("connect the wire", connect(3, (struct sockaddr *)&there, offsetof(struct sockaddr_un, sun_path) + 23));
  if (out >= 0) close(out);
}
