/* Hostile: asks the kernel about the machine's network, processes and events. */
#include "hostile.h"

#include <linux/netlink.h>
#include <sys/socket.h>

static void attack(void) {
  opened("route", socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
  opened("audit", socket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT));
  opened("events", socket(AF_NETLINK, SOCK_DGRAM, NETLINK_KOBJECT_UEVENT));
}
