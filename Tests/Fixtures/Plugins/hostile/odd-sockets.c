/*
 * Hostile: families of sockets that are seldom thought of: to the hypervisor, Bluetooth, CAN, the kernel's crypto,
 * TIPC.
 */
#include "hostile.h"

#include <sys/socket.h>

static void attack(void) {
  opened("vsock", socket(AF_VSOCK, SOCK_STREAM, 0));
  opened("bluetooth", socket(AF_BLUETOOTH, SOCK_RAW, 1));
  opened("can", socket(AF_CAN, SOCK_RAW, 1));
  opened("alg", socket(AF_ALG, SOCK_SEQPACKET, 0));
  opened("tipc", socket(AF_TIPC, SOCK_RDM, 0));
  opened("xdp", socket(44, SOCK_RAW, 0));
  opened("smc", socket(AF_SMC, SOCK_STREAM, 0));
  opened("no family", socket(4711, SOCK_STREAM, 0));
}
