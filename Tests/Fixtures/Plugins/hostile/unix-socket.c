/* Hostile: talks to a service of the machine over its socket: what listens there has rights that a plugin has not. */
#include "hostile.h"

#include <sys/socket.h>
#include <sys/un.h>

static void attack(void) {
  struct sockaddr_un there = {.sun_family = AF_UNIX, .sun_path = "/run/hostile-nobody-listens"};
  int out = socket(AF_UNIX, SOCK_STREAM, 0);
  tried("socket", out);
  tried("connect", connect(out, (struct sockaddr *)&there, sizeof there));
  opened("datagrams", socket(AF_UNIX, SOCK_DGRAM, 0));
  if (out >= 0) close(out);
}
