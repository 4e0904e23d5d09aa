/* Hostile: makes a pair of sockets, and sends a descriptor over what it has, as one does to a helper outside. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <sys/socket.h>

static void attack(void) {
  int pair[2] = {-1, -1}, given = 2;
  char byte = 0, room[CMSG_SPACE(sizeof given)] = {0};
  struct iovec data = {&byte, 0}; /* a message without a byte carries no descriptor: nothing reaches the host */
  struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
  struct cmsghdr *control = CMSG_FIRSTHDR(&message);
  control->cmsg_level = SOL_SOCKET;
  control->cmsg_type = SCM_RIGHTS;
  control->cmsg_len = CMSG_LEN(sizeof given);
  memcpy(CMSG_DATA(control), &given, sizeof given);
  tried("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
  tried("sendmsg on the wire", sendmsg(3, &message, MSG_DONTWAIT | MSG_NOSIGNAL));
  message.msg_controllen = sizeof room;
  tried("recvmsg on the wire", recvmsg(3, &message, MSG_DONTWAIT | MSG_PEEK));
  tried("setsockopt on the wire", setsockopt(3, SOL_SOCKET, SO_PASSCRED, &given, sizeof given));
  for (int i = 0; i < 2; i++)
    if (pair[i] >= 0) close(pair[i]);
}
