/* Hostile: wants to write packets of its own making, and to see everybody's. */
#include "hostile.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

static void attack(void) {
  opened("raw", socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
  opened("raw v6", socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6));
  opened("packet", socket(AF_PACKET, SOCK_RAW, htons(3)));
}
