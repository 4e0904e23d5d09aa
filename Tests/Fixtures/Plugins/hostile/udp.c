/* Hostile: lets a datagram out, as a question to a name server would. It goes no further than 127.0.0.1. */
#include "hostile.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

static void attack(void) {
  struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  int out = socket(AF_INET, SOCK_DGRAM, 0);
  tried("socket", out);
  tried("sendto", sendto(out, "x", 1, 0, (struct sockaddr *)&there, sizeof there));
  tried("udplite", socket(AF_INET, SOCK_DGRAM, 136));
  tried("icmp", socket(AF_INET, SOCK_DGRAM, 1));
  if (out >= 0) close(out);
}
