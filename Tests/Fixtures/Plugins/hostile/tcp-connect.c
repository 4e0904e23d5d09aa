/* Hostile: connects to the host's own machine by TCP, over IPv4, IPv6 and with data in the first packet. */
#include "hostile.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

static void attack(void) {
  struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(9), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
  int v4 = socket(AF_INET, SOCK_STREAM, 0);
  tried("socket", v4);
  tried("connect", connect(v4, (struct sockaddr *)&there, sizeof there));
  tried("sendto", sendto(v4, "x", 1, MSG_FASTOPEN | MSG_NOSIGNAL, (struct sockaddr *)&there, sizeof there));
  int v6 = socket(AF_INET6, SOCK_STREAM, 0);
  tried("socket v6", v6);
  tried("connect v6", connect(v6, (struct sockaddr *)&six, sizeof six));
  if (v4 >= 0) close(v4);
  if (v6 >= 0) close(v6);
}
