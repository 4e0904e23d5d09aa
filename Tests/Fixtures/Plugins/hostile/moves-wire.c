/* Hostile: makes its end of the wire one that never waits, or that sends a signal for each byte. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <sys/ioctl.h>

static void attack(void) {
  int on = 1;
  tried("F_SETFL", fcntl(3, F_SETFL, O_NONBLOCK));
  tried("F_SETFL O_ASYNC", fcntl(3, F_SETFL, O_ASYNC | O_NONBLOCK));
  tried("FIONBIO", ioctl(3, FIONBIO, &on));
  tried("F_SETFD", fcntl(3, F_SETFD, 0));
  int copy = fcntl(3, F_DUPFD, 10);
  tried("F_DUPFD", copy);
  if (copy >= 0) close(copy);
}
