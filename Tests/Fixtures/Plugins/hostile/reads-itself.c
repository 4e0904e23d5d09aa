/* Hostile: reads and writes its own memory and descriptors through /proc, where page protections do not count. */
#include "hostile.h"

static void attack(void) {
  opened("/proc/self/mem", open("/proc/self/mem", O_RDWR));
  opened("/proc/self/maps", open("/proc/self/maps", O_RDONLY));
  opened("/proc/self/environ", open("/proc/self/environ", O_RDONLY));
  opened("/proc/self/fd", open("/proc/self/fd", O_RDONLY | O_DIRECTORY));
  opened("/proc/self/fd/3", open("/proc/self/fd/3", O_RDWR));
  opened("/dev/fd/2", open("/dev/fd/2", O_WRONLY));
  opened("/proc/thread-self/mem", open("/proc/thread-self/mem", O_RDWR));
  opened("/proc/self/exe", open("/proc/self/exe", O_RDONLY));
  opened("/proc/self/root", open("/proc/self/root/etc/passwd", O_RDONLY));
}
