/* Hostile: opens a door of its own: listens for TCP on a port of 127.0.0.1. */
#include "hostile.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

static void attack(void) {
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  int door = socket(AF_INET, SOCK_STREAM, 0);
  tried("socket", door);
  tried("bind", bind(door, (struct sockaddr *)&here, sizeof here));
  tried("listen", listen(door, 1));
  tried("listen on the wire", listen(3, 1));
  if (door >= 0) close(door);
}
